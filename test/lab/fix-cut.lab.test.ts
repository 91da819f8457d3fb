import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LabHost } from '../../lab/index.ts';
import { rollBack } from '../../src/fix/index.ts';
import type { Transport } from '../../src/transport/index.ts';
import { folderWith } from '../support/folder.ts';
import { bySocket, dropIn, fixHost, sshd, transportBy } from './fix-host.ts';
import { unavailable } from './unavailable.ts';

const lockOut = 'AllowUsers nobody-here\n';

describe.skipIf(unavailable)('the way to the host is not what it seems, and sshd is started by its socket', () => {
  const title = 'a way that is not what it seems → what came of it';
  const lab = fixHost(title, { release: 'debian13', layer: 'bare' }, bySocket);
  const { carry, state, read, waitFor, expectNothingLeft } = lab;

  test('nobody can log in: undone over the login that is left', async () => {
    const { status } = await carry(sshd(lockOut));
    expect(status).toBe('reverted-lockout');
    expect(await read(dropIn)).toBe('NONE');
    await expectNothingLeft();
  });

  test('sshd is told to read its files six times in a row: the socket is still there, then and after a rollback', async () => {
    const often = sshd('X11Forwarding no\n', { activate: Array<string>(6).fill('fa_reload_sshd') });
    const { id, status } = await carry(often);
    expect(status).toBe('fixed');
    await expectNothingLeft();
    expect(await rollBack(lab.session, id, false)).toMatchObject({ state: 'rolled-back' });
    await expectNothingLeft();
  });

  test('the port is closed for a moment when the proof comes: it is asked for once more', async () => {
    let times = 0;
    const closed = before(lab.transport, async () => {
      times += 1;
      if (times > 1) return;
      await lab.host.exec(
        'systemd-run --on-active=0.5 --timer-property=AccuracySec=50ms systemctl start ssh.socket; systemctl stop ssh.socket ssh.service',
      );
    });
    const { id, status } = await carry(sshd('X11Forwarding no\n'), { transport: closed });
    expect({ status, times }).toEqual({ status: 'fixed', times: 3 });
    await rollBack(lab.session, id, false);
    await expectNothingLeft();
  });

  test("the operator's ssh has a connection open that it shares: it hides nothing", async () => {
    const { config, ssh } = await sharedConnection(lab.host.sshConfig);
    let shared: Promise<string> | undefined;
    const onState = (words: string) => {
      if (words.startsWith('proving')) shared = ssh('sudo sshd -T | grep allowusers; echo in');
    };
    const { status } = await carry(sshd(lockOut), { transport: transportBy(config), onState });
    expect(await shared).toBe('allowusers nobody-here\nin\n'); // by it one comes in where nobody comes in
    expect(status).toBe('reverted-lockout');
    await expectNothingLeft();
  });

  test('fail2ban bans the operator before the proof, and for long: undone by the host, and not said to be more than is known', async () => {
    const operator = (await lab.host.exec(`ss -Htn state established '( sport = :22 )'`)).stdout.split(/\s+/);
    const from = operator[3]!.replace(/^\[?(::ffff:)?/, '').replace(/\]?:\d+$/, '');
    await lab.host.exec('systemctl start fail2ban; until fail2ban-client status sshd; do sleep 0.2; done');
    const banned = before(lab.transport, async () => {
      expect(await lab.host.exec(`fail2ban-client set sshd banip ${from}`)).toMatchObject({ code: 0 });
    });
    const { id, status, reason } = await carry(sshd('X11Forwarding no\n'), {
      session: await lab.transport.open!(20),
      transport: banned,
      deadline: 12,
    });
    expect({ status, reason }).toEqual({
      status: 'rollback-failed',
      reason: expect.stringContaining('nobody could log in to see'),
    });
    expect(await state(id)).toBe('rolled-back');
    expect(await read(dropIn)).toBe('NONE');
    await lab.host.exec(`fail2ban-client set sshd unbanip ${from}; systemctl stop fail2ban`);
    await expectNothingLeft();
  });

  test('the network is cut while it is applied, and comes back later: undone by the host, and said', async () => {
    let cut: Promise<unknown> | undefined;
    const onState = (words: string) => {
      if (words === 'activating') cut ??= lab.host.exec('iptables -I INPUT -i ens3 -j DROP');
    };
    const session = await lab.transport.open!(20); // it breaks
    const carried = carry(sshd(lockOut, { activate: ['sleep 4', 'fa_reload_sshd'] }), {
      session,
      onState,
      deadline: 15,
    });
    const id = await atWork(lab.host);
    expect(await waitFor(id, 40)).toBe('rolled-back');
    expect(cut).toBeDefined();
    await lab.host.exec('iptables -D INPUT -i ens3 -j DROP');
    expect(await carried).toMatchObject({
      id,
      status: 'reverted-lockout',
      reason: expect.stringMatching(/did not finish|broke before the answer/), // whichever is noticed first
    });
    expect(await read(dropIn)).toBe('NONE');
    await expectNothingLeft();
  });
});

/** The transaction that is at work there, as the host itself says: by ssh nobody can ask. */
async function atWork({ exec }: LabHost): Promise<string> {
  const wait = 'timeout 20 sh -c "until readlink /var/lib/fleet-audit/pending; do sleep 0.1; done"';
  return (await exec(wait)).stdout.trim();
}

/** Something happens on the host just before somebody logs in anew. */
const before = (transport: Transport, happens: () => Promise<void>): Transport => ({
  ...transport,
  open: async (seconds) => {
    await happens();
    return transport.open!(seconds);
  },
});

/** A connection of ssh(1) that is open and that others share, by a configuration like that of many people. */
async function sharedConnection(sshConfig: string) {
  const folder = folderWith({});
  const shares = `Host *\n  ControlMaster auto\n  ControlPath ${folder}/master\n  ControlPersist yes\n`;
  const config = join(folderWith({ config: readFileSync(sshConfig, 'utf8') + shares }), 'config');
  const call = async (...words: string[]) => (await promisify(execFile)('ssh', ['-F', config, ...words])).stdout;
  await call('ubuntu', 'true');
  onTestFinished(async () => void (await call('-O', 'exit', 'ubuntu')));
  return { config, ssh: (command: string) => call('ubuntu', command) };
}
