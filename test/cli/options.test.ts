import { Command } from 'commander';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/program.ts';
import { folderWith } from '../support/folder.ts';

const recorded = resolve('test/hosts/hardened-debian13.json');
const nobody = 'ssh://nobody@127.0.0.1:1';
const one = ['--control', 'sys-os-release'];

/** Read only where there is a terminal, or a host that is mended. */
const elsewhere = new Set(['color', 'deadline', 'soak']);

const here = process.cwd();
beforeEach(() => {
  for (const name of ['log', 'error'] as const) vi.spyOn(console, name).mockReturnValue();
  vi.spyOn(process.stdout, 'write').mockImplementation(written);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.chdir(folderWith({}));
});
afterEach(() => {
  process.chdir(here);
  process.exitCode = 0;
  vi.restoreAllMocks();
});

function written(...given: unknown[]): boolean {
  (given.at(-1) as () => void)();
  return true;
}

test.each<[name: string, ...uses: string[][]]>([
  ['run', ['--target', `replay:${recorded}`, '--reporter', 'pretty', ...one]],
  ['collect', ['--target', `replay:${recorded}`, ...one]],
  ['judge', [recorded, '--reporter', 'pretty', ...one]],
  ['list', one],
  ['explain', ['sys-os-release']],
  ['check', []],
  ['test', one],
  ['rollback', ['--list', '--target', nobody], ['--last', '--target', nobody]],
  ['schema', []],
])('%s reads every option that its help offers', async (name, ...uses) => {
  const offered = new Set<string>();
  const read = new Set<string>();
  const opts = Command.prototype.opts;
  vi.spyOn(Command.prototype, 'opts').mockImplementation(function recording(this: Command) {
    for (const option of this.options) offered.add(option.attributeName());
    return new Proxy(opts.call(this), { get: (values, key) => (read.add(String(key)), Reflect.get(values, key)) });
  });
  for (const args of uses) await main(['node', 'fleet-audit', name, ...args]);
  const unread = [...offered].filter((option) => !read.has(option) && !elsewhere.has(option));
  expect(unread).toEqual([]);
});

test('explain, which is told the one control, offers no choice of controls', async () => {
  await main(['node', 'fleet-audit', 'explain', 'sys-os-release', '--tag', 'core']);
  expect(process.exitCode).toBe(2);
});
