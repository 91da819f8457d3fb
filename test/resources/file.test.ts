import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { HostProbe } from '../../src/model/probe.ts';
import file from '../../src/resources/file/index.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'fa-file-')));
afterAll(() => rmSync(dir, { recursive: true }));

function ask(path: string, options: Record<string, unknown> = {}) {
  const select = { path, ...options } as never;
  const probe = file.probes(select)[0] as HostProbe;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', probe.run], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  const answer = { digest: '', outcome: 'exited', code: status, stdout, stderr, truncated: false, ms: 1 } as const;
  return file.read(select, { [probe.name]: answer });
}

const values = (path: string, options = {}) =>
  Object.fromEntries(ask(path, options).map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));

describe('the file probe, asked for real', () => {
  it.each([`it's here`, '$(touch pwned)', '-rf', 'a|b|c', '"; exit 9; "', ' ', '*'])(
    'sees the file named %j',
    (name) => {
      const path = join(dir, name);
      writeFileSync(path, 'four', { mode: 0o640 });
      expect(values(path)).toMatchObject({ exists: true, type: 'file', mode: '0640', size: 4, symlink: false });
    },
  );

  it('tells a link from what it leads to', () => {
    writeFileSync(join(dir, 'secret'), '', { mode: 0o600 });
    symlinkSync('secret', join(dir, 'link'));
    expect(values(join(dir, 'link'))).toMatchObject({ type: 'symlink', mode: '0777', symlink: true, target: 'secret' });
    expect(values(join(dir, 'link'), { follow: true })).toMatchObject({ type: 'file', mode: '0600', symlink: true });
  });

  it('sees what is not there, and a link that leads nowhere', () => {
    symlinkSync('nowhere', join(dir, 'dangling'));
    expect(values(join(dir, 'none'))).toMatchObject({ exists: false, mode: 'absent' });
    expect(values(join(dir, 'dangling'))).toMatchObject({ exists: true });
    expect(values(join(dir, 'dangling'), { follow: true })).toMatchObject({ exists: false });
  });

  it('walks through links and names every open directory behind them', () => {
    mkdirSync(join(dir, 'open/inner'), { recursive: true });
    chmodSync(join(dir, 'open'), 0o777);
    symlinkSync('../open/inner', join(dir, 'open/way'));
    symlinkSync('open/way', join(dir, 'first'));
    const open = ask(join(dir, 'first/x')).filter(
      (each) => each.fact === 'parents_protected' && each.state === 'value' && !each.value,
    );
    expect(open.map((each) => each.label)).toContain(join(dir, 'open'));
  });

  it.each(['loop', 'broken\nend\n'])('cannot vouch for the way through a link to %j', (to) => {
    symlinkSync(to, join(dir, to === 'loop' ? 'loop' : 'broken'));
    const parents = ask(join(dir, to === 'loop' ? 'loop' : 'broken', 'x')).filter(
      (each) => each.fact === 'parents_protected',
    );
    expect(parents.some((each) => each.state === 'unknown')).toBe(true);
  });
});
