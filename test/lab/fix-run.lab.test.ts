import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import type { Report } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { unavailable } from './unavailable.ts';

describe.skipIf(unavailable)('run --fix', () => {
  let host: LabHost;
  beforeAll(async () => {
    host = await boot({ release: 'debian12', layer: 'bare' });
  });
  afterAll(() => host?.stop());

  async function mend(...controls: string[]) {
    const cwd = folderWith({});
    const chosen = controls.flatMap((id) => ['--control', id]);
    const how = ['--fix', '--yes', '--allow-risk', 'access', '--soak', '1', '--reporter', 'json=report.json'];
    const result = await cli(['run', '--ssh-config', host.sshConfig, '--target', 'ubuntu', ...chosen, ...how], { cwd });
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
    const of = (id: string) => report.hosts[0]!.controls.find((each) => each.id === id)!;
    return { ...result, of };
  }

  test('a fix that does not help is undone and said, and those beside it are made', async () => {
    await host.exec(
      `printf 'Match Address 0.0.0.0/0,::/0\\n  X11Forwarding yes\\n' >> /etc/ssh/sshd_config; systemctl reload ssh`,
    );
    const { code, of, stderr } = await mend('ssh-x11-forwarding', 'ssh-max-auth-tries', 'ssh-login-grace-time');
    expect(code).toBe(4);
    expect(of('ssh-x11-forwarding')).toMatchObject({ status: 'fail', fix: { status: 'fix-failed-rolled-back' } });
    for (const id of ['ssh-max-auth-tries', 'ssh-login-grace-time']) {
      expect(of(id)).toMatchObject({ status: 'pass', fix: { status: 'fixed' } });
      expect(of(id).fix.before).toMatch(/^fail: /);
      expect(of(id).fix.after).toMatch(/^pass: /);
    }
    expect(stderr).toContain('ssh-x11-forwarding is fail');
    expect((await host.exec('cat /etc/ssh/sshd_config.d/00-fleet-audit.conf')).stdout).not.toContain('X11');
  });

  test('once more: nothing is planned for what holds, and nothing is opened', async () => {
    const count = async () => (await host.exec('ls /var/lib/fleet-audit/txn | wc -l')).stdout;
    const before = await count();
    const { code } = await mend('ssh-max-auth-tries', 'ssh-login-grace-time');
    expect(code).toBe(0);
    expect(await count()).toBe(before);
  });
});
