import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import { carryOut, listTransactions, rollBack, type Outcome } from '../../src/fix/index.ts';
import type { Engine } from '../../src/fix/engine.ts';
import type { FileState, Transaction } from '../../src/model/fix-plan.ts';
import { createTransport, Failure, type Session, type Transport } from '../../src/transport/index.ts';
import { unavailable } from './unavailable.ts';

const dropIn = '/etc/ssh/sshd_config.d/00-trial.conf';
const other = '/etc/fleet-audit-trial.conf';

const newFile = (path: string, content: string, before: FileState | null = null) => ({
  ...{ path, before, diff: '' },
  after: { content, mode: '0600', owner: 'root:root' },
});

/** What cuts the operator off, without the look ahead that would refuse it. */
function sshd(text: string, more: Partial<Transaction> = {}): Transaction {
  return {
    ...{ risk: 'access', subject: 'sshd', controls: [], live: [], validate: [], dangers: [] },
    files: [newFile(dropIn, text)],
    activate: ['fa_reload_sshd'],
    ...more,
  };
}

const harmless = (more: Partial<Transaction> = {}): Transaction =>
  sshd('', { risk: 'safe', subject: 'a file', files: [newFile(other, 'new\n')], activate: [], ...more });

describe.skipIf(unavailable)('a fix never costs the operator the host', () => {
  let host: LabHost;
  let transport: Transport;
  let session: Session;
  beforeAll(async () => {
    host = await boot({ release: 'debian13', layer: 'bare' });
    const options = { sshConfigFile: host.sshConfig, acceptNewHostKey: false, askPassphrase: async () => null };
    transport = createTransport('ubuntu', options);
    session = await transport.open!(20);
  });
  afterAll(async () => {
    session?.close();
    await host?.stop();
  });

  function carry(transaction: Transaction, more: Partial<Engine> = {}): Promise<Outcome> {
    return carryOut(transaction, {
      ...{ transport, session, operator: { login: 'ubuntu', from: '198.18.0.1', port: '22' }, deadline: 60, soak: 0 },
      verify: async () => null,
      onState: () => {},
      ...more,
    });
  }

  const state = async (id: string) => (await host.exec(`ls /var/lib/fleet-audit/txn/${id}/state`)).stdout.trim();
  const read = async (path: string) => (await host.exec(`cat ${path} 2>/dev/null || echo NONE`)).stdout.trim();

  /** A brand-new login works, nothing is left behind, and the host waits for nobody. */
  async function expectNothingLeft(): Promise<void> {
    const fresh = await transport.open!(20);
    expect((await fresh.run('echo in', 10)).stdout).toBe('in\n');
    fresh.close();
    const left = `ls -d /var/lib/fleet-audit/pending /etc/systemd/system/fleet-audit-recover.service 2>/dev/null
find /etc -name '.fleet-audit*'; systemctl list-units --all --plain --no-legend 'fleet-audit-*'; systemctl --failed --plain --no-legend 'fleet-audit-*'`;
    expect((await host.exec(left)).stdout).toBe('');
  }

  /** Until the host has come to an end with it by itself. */
  async function waitFor(id: string, seconds: number): Promise<string> {
    for (let left = seconds; left > 0; left -= 1) {
      const now = await state(id);
      if (now === 'rolled-back' || now === 'rollback-failed') return now;
      await sleep(1000);
    }
    return state(id);
  }

  const lastId = async () => (await listTransactions(session)).at(-1)!.id;

  test('a change that is fine is confirmed, and undone at any later time with mode, owner and times', async () => {
    await host.exec(
      `echo old > ${other}; chown ubuntu:users ${other}; chmod 640 ${other}; touch -d 2020-01-01 ${other}`,
    );
    const before = await host.exec(`stat -c '%a %U %G %Y' ${other}`);
    const file = newFile(other, 'new\n', { content: 'old\n', mode: '0640', owner: 'ubuntu:users' });
    const { id, status } = await carry(harmless({ files: [file] }));
    expect(status).toBe('fixed');
    expect(await read(other)).toBe('new');
    expect(await rollBack(session, id, false)).toEqual({ state: 'rolled-back', drift: null, busy: null });
    expect(await read(other)).toBe('old');
    expect(await host.exec(`stat -c '%a %U %G %Y' ${other}`)).toEqual(before);
    await host.exec(`rm ${other}`);
    await expectNothingLeft();
  });

  test('AllowUsers without the operator: seen before sshd is told', async () => {
    const { id, status, reason } = await carry(sshd('AllowUsers nobody-here\n', { validate: ['fa_sshd_lets_in'] }));
    expect({ status, reason }).toEqual({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('AllowUsers has no ubuntu'),
    });
    expect(await state(id)).toBe('rolled-back');
    expect((await host.exec(`grep -c fa_reload_sshd /var/lib/fleet-audit/txn/${id}/journal.ndjson`)).stdout).toBe(
      '2\n',
    );
    await expectNothingLeft();
  });

  test('a file that sshd -t accepts and nobody can log in with: undone over the login that is left', async () => {
    const { status, reason } = await carry(sshd('AllowUsers nobody-here\n'));
    expect(status).toBe('reverted-lockout');
    expect(reason).toMatch(/refused|login|key/i);
    expect(await read(dropIn)).toBe('NONE');
    await expectNothingLeft();
  });

  const firewall = (...commands: string[]) =>
    sshd('', { subject: 'UFW', files: [], live: [{ kind: 'ufw', commands }], activate: [] });
  const filter = `{ iptables-save -t filter; ip6tables-save -t filter; } | grep -v '^#' | sed 's/\\[.*//'; find /etc/ufw /etc/default/ufw -type f | sort | xargs sha256sum`;

  test('UFW is turned on without a rule for ssh: seen before it is', async () => {
    const before = await host.exec(filter);
    const { status, reason } = await carry(firewall('ufw default deny incoming', 'ufw --force enable'));
    expect({ status, reason }).toEqual({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('would not let in whoever comes by port 22'),
    });
    expect(await host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on with another rule ahead of the one for ssh: undone, with every chain', async () => {
    const before = await host.exec(filter);
    const { status } = await carry(
      firewall('ufw allow 22/tcp', 'ufw prepend deny from 198.18.0.0/15', 'ufw --force enable'),
    );
    expect(status).toBe('reverted-lockout');
    expect(await host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on, and nobody comes back: off again by itself', async () => {
    const before = await host.exec(filter);
    const mute: Session = { ...session, run: (script, seconds) => cutAfter(script, seconds, session) };
    const cut = firewall('ufw allow 22/tcp', 'ufw prepend deny from 198.18.0.0/15', 'ufw --force enable');
    const { status } = await carry(cut, { session: mute, deadline: 12 });
    expect(status).toBe('reverted-lockout');
    expect(await host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on and confirmed, and undone later; not after somebody added a rule, unless forced', async () => {
    const before = await host.exec(filter);
    const { id, status } = await carry(firewall('ufw allow 22/tcp', 'ufw --force enable'));
    expect(status).toBe('fixed');
    expect((await host.exec('ufw status')).stdout).toContain('Status: active');
    await host.exec('ufw allow 80/tcp');
    expect(await rollBack(session, id, false)).toMatchObject({ state: 'confirmed', drift: '/etc/ufw' });
    expect(await rollBack(session, id, true)).toMatchObject({ state: 'rolled-back' });
    expect(await host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('a file that sshd does not understand: undone before sshd is told', async () => {
    const { status } = await carry(sshd('Nonsense yes\n'));
    expect(status).toBe('fix-failed-rolled-back');
    await expectNothingLeft();
  });

  test('sshd on another port than the firewall allows: undone', async () => {
    await host.exec('iptables -I INPUT -i ens3 -p tcp --dport 2222 -j DROP');
    const { status } = await carry(sshd('Port 2222\n'));
    expect(status).toBe('reverted-lockout');
    await host.exec('iptables -D INPUT -i ens3 -p tcp --dport 2222 -j DROP');
    await expectNothingLeft();
  });

  test('nobody comes back to confirm: the host undoes it by itself', async () => {
    const mute: Session = { ...session, run: (script, seconds) => cutAfter(script, seconds, session) };
    const { status, reason } = await carry(sshd('AllowUsers nobody-here\n'), { session: mute, deadline: 12 });
    expect({ status, reason }).toMatchObject({ status: 'reverted-lockout', reason: expect.any(String) });
    expect(await state(await lastId())).toBe('rolled-back');
    await expectNothingLeft();
  });

  test('the worker is killed: the host undoes what it did', async () => {
    const slow = harmless({ activate: ['[ -e /run/trial-over ] || sleep 60'] });
    const carried = carry(slow, { deadline: 12 });
    await sleep(3000);
    const id = await lastId();
    await host.exec(`touch /run/trial-over; systemctl kill -s KILL fleet-audit-worker-${id}.service`);
    const { status } = await carried;
    expect(status).toBe('fix-failed-rolled-back');
    expect(await waitFor(id, 20)).toBe('rolled-back');
    expect(await read(other)).toBe('NONE');
    await expectNothingLeft();
  });

  test('what was to be mended is not: undone, with the reason', async () => {
    const outcome = await carry(harmless(), { verify: async () => 'afterwards x-y is fail' });
    expect(outcome).toMatchObject({ status: 'fix-failed-rolled-back', reason: 'afterwards x-y is fail' });
    expect(await read(other)).toBe('NONE');
    await expectNothingLeft();
  });

  test('two operators at once: the second is told whose turn it is, and nothing is touched', async () => {
    const first = carry(harmless({ activate: ['sleep 4'] }));
    await sleep(2500);
    const second = await carry(sshd('AllowUsers nobody-here\n'));
    expect(second).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/transaction 20\d+T.* is at work/),
    });
    const { id, status } = await first;
    expect(status).toBe('fixed');
    await rollBack(session, id, false);
    await expectNothingLeft();
  });

  test('a file that changed since the plan: refused, and nothing is touched', async () => {
    await host.exec(`echo mine > ${other}`);
    const outcome = await carry(harmless());
    expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringContaining(other) });
    expect(await read(other)).toBe('mine');
    await host.exec(`rm ${other}`);
    await expectNothingLeft();
  });

  test('a file that changed since the fix: not undone unless forced, and then a copy is kept', async () => {
    const { id } = await carry(harmless());
    await host.exec(`echo mine > ${other}`);
    expect(await rollBack(session, id, false)).toMatchObject({ state: 'confirmed', drift: other });
    expect(await read(other)).toBe('mine');
    expect(await rollBack(session, id, true)).toEqual({ state: 'rolled-back', drift: null, busy: null });
    expect(await read(other)).toBe('NONE');
    expect(await read(`/var/lib/fleet-audit/txn/${id}/backup/0.drifted`)).toBe('mine');
  });

  test('no systemd-run: another switch, seen to work, undoes it', async () => {
    await host.exec('mv /usr/bin/systemd-run /usr/bin/systemd-run.away');
    const mute: Session = { ...session, run: (script, seconds) => cutAfter(script, seconds, session) };
    const { status } = await carry(sshd('AllowUsers nobody-here\n'), { session: mute, deadline: 12 });
    await host.exec('mv /usr/bin/systemd-run.away /usr/bin/systemd-run');
    expect(status).toBe('reverted-lockout');
    await expectNothingLeft();
  });

  test('the disk is full: refused before anything is written', async () => {
    await host.exec('mount -t tmpfs -o size=64k none /var/lib/fleet-audit');
    const outcome = await carry(sshd('AllowUsers nobody-here\n'));
    await host.exec('umount /var/lib/fleet-audit');
    expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringContaining('KiB are free') });
    expect(await read(dropIn)).toBe('NONE');
  });

  test('a step of the rollback fails: said, and the rest is undone', async () => {
    const twice = sshd('X11Forwarding no\n', {
      files: [newFile(dropIn, 'X11Forwarding no\n'), newFile(other, 'new\n')],
    });
    const verify = async () => {
      // Somebody breaks sshd's configuration elsewhere meanwhile: it cannot be told to read the old one.
      await host.exec('echo Nonsense > /etc/ssh/sshd_config.d/99-broken.conf');
      return 'not mended';
    };
    const { id, status } = await carry(twice, { verify });
    expect(status).toBe('rollback-failed');
    expect([await read(dropIn), await read(other)]).toEqual(['NONE', 'NONE']);
    await host.exec('rm /etc/ssh/sshd_config.d/99-broken.conf');
    expect(await rollBack(session, id, false)).toMatchObject({ state: 'rolled-back' });
    await expectNothingLeft();
  });

  test('confirmation and deadline at once: one of them holds, and the report says which', async () => {
    const verify = async () => {
      await sleep(5600);
      return null;
    };
    for (const deadline of [6, 7, 8]) {
      const { id, status } = await carry(harmless(), { verify, deadline });
      const now = await waitFor(id, 5);
      expect(now).toBe(status === 'fixed' ? 'confirmed' : 'rolled-back');
      expect(await read(other)).toBe(status === 'fixed' ? 'new' : 'NONE');
      if (status === 'fixed') await rollBack(session, id, false);
    }
    await expectNothingLeft();
  });

  test('a reboot before it is confirmed: the old state comes up', async () => {
    // Those that the reboot cuts were fine before it.
    const own = { ...(await transport.open!(20)), close: () => {}, cut: false };
    const verify = async () => {
      own.cut = true;
      await host.exec('systemctl soft-reboot').catch(() => {});
      await sleep(10_000);
      return null;
    };
    const { id, status } = await carry(sshd('AllowUsers nobody-here\n'), {
      session: own,
      transport: { ...transport, open: async () => (own.cut ? transport.open!(10) : own) },
      deadline: 200,
      verify,
    });
    expect(status).toBe('reverted-lockout');
    expect(await state(id)).toBe('rolled-back');
    expect(await read(`/var/lib/fleet-audit/txn/${id}/undone-by`)).toBe('boot');
    await host.exec('systemctl daemon-reload'); // a boot does not wait for systemd to forget the unit
    await expectNothingLeft();
  });
});

/** A client that is gone once it has begun: every later word of it is lost. */
async function cutAfter(script: string, seconds: number, session: Session): ReturnType<Session['run']> {
  if (!script.includes('fa_snapshot')) throw new Failure('lost', 'the way is cut', 'by the trial');
  return session.run(script, seconds);
}
