import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import { cliPath } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { transportBy } from './fix-host.ts';
import { lockOuts } from './lock-outs.ts';
import { unavailable } from './unavailable.ts';

const dropIn = '/etc/ssh/sshd_config.d/00-fleet-audit.conf';
const seconds = 15;
const states = [
  /sshd: taking a snapshot/,
  /sshd: (applying|validating|activating)/,
  /sshd: proving/,
  /sshd: waiting/,
  /sshd: auditing again/,
  /sshd: confirming/,
];

/** Where another end than the usual one is as good: nothing had begun, or it was confirmed already. */
const endings: Record<string, RegExp> = {
  [states[0]!.source]: /^(rolled-back\n)?x11forwarding yes\n$/,
  [states.at(-1)!.source]: /^(rolled-back\nx11forwarding yes|confirmed\nx11forwarding no\n.*)\n$/,
};

describe.skipIf(unavailable)('whoever mends is killed, and the host is as it was or as it was confirmed', () => {
  let host: LabHost;
  const logIn = async () => (await transportBy(host.sshConfig).open!(20)).close();
  const saw = lockOuts('whoever mends is killed → what came of it', logIn);
  beforeAll(async () => {
    host = await boot({ release: 'debian12', layer: 'bare' });
    await host.exec(`echo 'X11Forwarding yes' > /etc/ssh/sshd_config.d/50-cloud-init.conf; systemctl reload ssh`);
  });
  afterAll(() => host?.stop());

  /** Ends it as soon as it says that it is there. */
  async function mendUntil(state: RegExp): Promise<void> {
    const options = ['--fix', '--yes', '--allow-risk', 'access', '--soak', '2', '--deadline', String(seconds)];
    const child = spawn(
      process.execPath,
      [
        cliPath,
        'run',
        '--ssh-config',
        host.sshConfig,
        '--target',
        'ubuntu',
        '--control',
        'ssh-x11-forwarding',
        ...options,
      ],
      { cwd: folderWith({}), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (state.test(said)) child.kill('SIGKILL');
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ code, signal, said }).toMatchObject({ code: null, signal: 'SIGKILL' });
  }

  test.each(states)('while it says %s', async (state) => {
    onTestFinished(async () => {
      await host.exec(`rm -rf /var/lib/fleet-audit ${dropIn}; systemctl reload ssh`);
    });
    await mendUntil(state);
    const look = `ls /var/lib/fleet-audit/txn/*/state | tail -n 1; ls /var/lib/fleet-audit/pending 2>/dev/null; sshd -T | grep x11f; ls ${dropIn} 2>/dev/null`;
    let seen = '';
    for (let left = seconds + 15; left > 0; left -= 1) {
      await sleep(1000);
      seen = (await host.exec(look)).stdout;
      if (/^(rolled-back|confirmed)$/m.test(seen) && !seen.includes('pending')) break;
    }
    saw(/^(\S+)\n.*(x11forwarding \w+)/s.exec(seen)?.slice(1).join(', ') ?? seen.trim());
    expect(seen).toMatch(endings[state.source] ?? /^rolled-back\nx11forwarding yes\n$/);
  });
});
