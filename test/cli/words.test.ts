import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cli, cliPath } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { resolve } from 'node:path';

const recorded = `replay:${resolve('test/hosts/hardened-debian13.json')}`;

test.each([
  [['list', '--control', 'sys-hostname'], /^1 control;/m],
  [['test', '--control', 'sys-timezone-utc'], /cases hold, 0 do not$/m],
  [['run', '--control', 'sys-os-release', '--target', recorded], /1 login, 1 exec$/m],
  [['run', '--control', 'nonsense'], /1 mistake;/],
])('one is one: %j', async (args, wanted) => {
  const { stdout, stderr } = await cli(args, { cwd: folderWith({}) });
  expect(stdout + stderr).toMatch(wanted);
  expect(stdout + stderr).not.toMatch(/\b1 [a-z]+s\b/);
});

test('list says which controls --fix can mend, and at what risk', async () => {
  const { stdout } = await cli(['list', '--control', 'ssh-permit-root-login', '--control', 'sys-os-release']);
  expect(stdout).toMatch(/^ 1 {2}low {12,}sys-os-release /m);
  expect(stdout).toMatch(/^ 2 {2}critical {2}access {3}ssh-permit-root-login /m);
  expect(stdout).toMatch(/^2 controls; run --fix can mend 1 /m);
});

test('whoever reads only the beginning of the help is shown no stack trace', () => {
  const script = '("$0" "$1" run --help; echo "code $?" >&2) | true';
  expect(spawnSync('sh', ['-c', script, process.execPath, cliPath], { encoding: 'utf8' }).stderr).toBe('code 0\n');
});
