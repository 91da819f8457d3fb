import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { rollBack } from '../../src/fix/index.ts';
import type { Transaction } from '../../src/model/fix-plan.ts';
import { Failure, type Session } from '../../src/transport/index.ts';
import { dropIn, fixHost, newFile, other, sshd } from './fix-host.ts';
import { unavailable } from './unavailable.ts';

const harmless = (more: Partial<Transaction> = {}): Transaction =>
  sshd('', { risk: 'safe', subject: 'a file', files: [newFile(other, 'new\n')], activate: [], ...more });

describe.skipIf(unavailable)('a fix never costs the operator the host', () => {
  const lab = fixHost('what cuts people off → what came of it', { release: 'debian13', layer: 'bare' });
  const { carry, state, read, lastId, waitFor, expectNothingLeft } = lab;

  test('a change that is fine is confirmed, and undone at any later time with mode, owner and times', async () => {
    await lab.host.exec(
      `echo old > ${other}; chown ubuntu:users ${other}; chmod 640 ${other}; touch -d 2020-01-01 ${other}`,
    );
    const before = await lab.host.exec(`stat -c '%a %U %G %Y' ${other}`);
    const file = newFile(other, 'new\n', { content: 'old\n', mode: '0640', owner: 'ubuntu:users' });
    const { id, status } = await carry(harmless({ files: [file] }));
    expect(status).toBe('fixed');
    expect(await read(other)).toBe('new');
    expect(await rollBack(lab.session, id, false)).toEqual({ state: 'rolled-back', drift: null, busy: null });
    expect(await read(other)).toBe('old');
    expect(await lab.host.exec(`stat -c '%a %U %G %Y' ${other}`)).toEqual(before);
    await lab.host.exec(`rm ${other}`);
    await expectNothingLeft();
  });

  test("mode and owner of what lies behind a link of somebody's own: refused, and nobody is given another's file", async () => {
    const path = '/home/ubuntu/app/.env';
    await lab.host.exec('install -d /opt/other && touch /opt/other/.env && su ubuntu -c "ln -s /opt/other ~/app"');
    const before = { mode: '0644', owner: 'root:root' };
    const access = { kind: 'access' as const, path, before, after: { mode: '0600', owner: 'ubuntu:ubuntu' } };
    expect(await carry(harmless({ files: [], live: [access] }))).toMatchObject({ status: 'refused' });
    expect((await lab.host.exec('stat -c %U /opt/other/.env')).stdout).toBe('root\n');

    await lab.host.exec('rm ~ubuntu/app && ln -s /opt/other ~ubuntu/app'); // root's own
    expect(await carry(harmless({ files: [], live: [access] }))).toMatchObject({ status: 'fixed' });
    expect((await lab.host.exec('stat -c %U /opt/other/.env')).stdout).toBe('ubuntu\n');
    await lab.host.exec('rm -r /opt/other ~ubuntu/app');
    await expectNothingLeft();
  });

  test('AllowUsers without the operator: seen before sshd is told', async () => {
    const { id, status, reason } = await carry(sshd('AllowUsers nobody-here\n', { validate: ['fa_sshd_lets_in'] }));
    expect({ status, reason }).toEqual({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('AllowUsers has no ubuntu'),
    });
    expect(await state(id)).toBe('rolled-back');
    expect((await lab.host.exec(`grep -c fa_reload_sshd /var/lib/fleet-audit/txn/${id}/journal.ndjson`)).stdout).toBe(
      '2\n',
    );
    await expectNothingLeft();
  });

  test('AllowUsers without another account that must keep its way in: seen before sshd is told', async () => {
    await lab.host.exec('useradd -m fleetclaw');
    const { status, reason } = await carry(sshd('AllowUsers ubuntu\n', { validate: ['fa_sshd_lets_in'] }));
    expect({ status, reason }).toEqual({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('AllowUsers has no fleetclaw'),
    });
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
    const before = await lab.host.exec(filter);
    const { status, reason } = await carry(firewall('ufw default deny incoming', 'ufw --force enable'));
    expect({ status, reason }).toEqual({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('would not let in whoever comes by port 22'),
    });
    expect(await lab.host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on with another rule ahead of the one for ssh: undone, with every chain', async () => {
    const before = await lab.host.exec(filter);
    const { status } = await carry(
      firewall('ufw allow 22/tcp', 'ufw prepend deny from 198.18.0.0/15', 'ufw --force enable'),
    );
    expect(status).toBe('reverted-lockout');
    expect(await lab.host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on, and nobody comes back: off again by itself', async () => {
    const before = await lab.host.exec(filter);
    const mute: Session = { ...lab.session, run: (script, seconds) => cutAfter(script, seconds, lab.session) };
    const cut = firewall('ufw allow 22/tcp', 'ufw prepend deny from 198.18.0.0/15', 'ufw --force enable');
    const { status } = await carry(cut, { session: mute, deadline: 12 });
    expect(status).toBe('reverted-lockout');
    expect(await lab.host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('UFW is turned on and confirmed, and undone later; not after somebody added a rule, unless forced', async () => {
    const before = await lab.host.exec(filter);
    const { id, status } = await carry(firewall('ufw allow 22/tcp', 'ufw --force enable'));
    expect(status).toBe('fixed');
    expect((await lab.host.exec('ufw status')).stdout).toContain('Status: active');
    await lab.host.exec('ufw allow 80/tcp');
    expect(await rollBack(lab.session, id, false)).toMatchObject({ state: 'confirmed', drift: '/etc/ufw' });
    expect(await rollBack(lab.session, id, true)).toMatchObject({ state: 'rolled-back' });
    expect(await lab.host.exec(filter)).toEqual(before);
    await expectNothingLeft();
  });

  test('a file that sshd does not understand: undone before sshd is told', async () => {
    const { status } = await carry(sshd('Nonsense yes\n'));
    expect(status).toBe('fix-failed-rolled-back');
    await expectNothingLeft();
  });

  test('sshd on another port than the firewall allows: undone', async () => {
    await lab.host.exec('iptables -I INPUT -i ens3 -p tcp --dport 2222 -j DROP');
    const { status } = await carry(sshd('Port 2222\n'));
    expect(status).toBe('reverted-lockout');
    await lab.host.exec('iptables -D INPUT -i ens3 -p tcp --dport 2222 -j DROP');
    await expectNothingLeft();
  });

  test('nobody comes back to confirm: the host undoes it by itself', async () => {
    const mute: Session = { ...lab.session, run: (script, seconds) => cutAfter(script, seconds, lab.session) };
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
    await lab.host.exec(`touch /run/trial-over; systemctl kill -s KILL fleet-audit-worker-${id}.service`);
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
    await rollBack(lab.session, id, false);
    await expectNothingLeft();
  });

  test('a file that changed since the plan: refused, and nothing is touched', async () => {
    await lab.host.exec(`echo mine > ${other}`);
    const outcome = await carry(harmless());
    expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringContaining(other) });
    expect(await read(other)).toBe('mine');
    await lab.host.exec(`rm ${other}`);
    await expectNothingLeft();
  });

  test('a file that changed since the fix: not undone unless forced, and then a copy is kept', async () => {
    const { id } = await carry(harmless());
    await lab.host.exec(`echo mine > ${other}`);
    expect(await rollBack(lab.session, id, false)).toMatchObject({ state: 'confirmed', drift: other });
    expect(await read(other)).toBe('mine');
    expect(await rollBack(lab.session, id, true)).toEqual({ state: 'rolled-back', drift: null, busy: null });
    expect(await read(other)).toBe('NONE');
    expect(await read(`/var/lib/fleet-audit/txn/${id}/backup/0.drifted`)).toBe('mine');
  });

  test('no systemd-run: another switch, seen to work, undoes it', async () => {
    await lab.host.exec('mv /usr/bin/systemd-run /usr/bin/systemd-run.away');
    const mute: Session = { ...lab.session, run: (script, seconds) => cutAfter(script, seconds, lab.session) };
    const { status } = await carry(sshd('AllowUsers nobody-here\n'), { session: mute, deadline: 12 });
    await lab.host.exec('mv /usr/bin/systemd-run.away /usr/bin/systemd-run');
    expect(status).toBe('reverted-lockout');
    await expectNothingLeft();
  });

  test('the disk is full: refused before anything is written', async () => {
    await lab.host.exec('mount -t tmpfs -o size=64k none /var/lib/fleet-audit');
    const outcome = await carry(sshd('AllowUsers nobody-here\n'));
    await lab.host.exec('umount /var/lib/fleet-audit');
    expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringContaining('KiB are free') });
    expect(await read(dropIn)).toBe('NONE');
  });

  test('a step of the rollback fails: said, and the rest is undone', async () => {
    const twice = sshd('X11Forwarding no\n', {
      files: [newFile(dropIn, 'X11Forwarding no\n'), newFile(other, 'new\n')],
    });
    const verify = async () => {
      // Somebody breaks sshd's configuration elsewhere meanwhile: it cannot be told to read the old one.
      await lab.host.exec('echo Nonsense > /etc/ssh/sshd_config.d/99-broken.conf');
      return 'not mended';
    };
    const { id, status } = await carry(twice, { verify });
    expect(status).toBe('rollback-failed');
    expect([await read(dropIn), await read(other)]).toEqual(['NONE', 'NONE']);
    await lab.host.exec('rm /etc/ssh/sshd_config.d/99-broken.conf');
    expect(await rollBack(lab.session, id, false)).toMatchObject({ state: 'rolled-back' });
    await expectNothingLeft();
  });

  test('confirmation and deadline at once: one of them holds, and the report says which', async () => {
    const verify = async () => {
      await sleep(5600);
      return null;
    };
    for (const deadline of [5, 6, 7]) {
      const { id, status } = await carry(harmless(), { verify, deadline });
      const now = await waitFor(id, 5);
      expect(now).toBe(status === 'fixed' ? 'confirmed' : 'rolled-back');
      expect(await read(other)).toBe(status === 'fixed' ? 'new' : 'NONE');
      if (status === 'fixed') await rollBack(lab.session, id, false);
    }
    await expectNothingLeft();
  });

  test('a reboot before it is confirmed: the old state comes up', async () => {
    // Those that the reboot cuts were fine before it.
    const own = { ...(await lab.transport.open!(20)), close: () => {}, cut: false };
    const verify = async () => {
      own.cut = true;
      await lab.host.exec('systemctl soft-reboot').catch(() => {});
      await sleep(10_000);
      return null;
    };
    const { id, status } = await carry(sshd('AllowUsers nobody-here\n'), {
      session: own,
      transport: { ...lab.transport, open: async () => (own.cut ? lab.transport.open!(10) : own) },
      deadline: 200,
      verify,
    });
    expect(status).toBe('reverted-lockout');
    expect(await state(id)).toBe('rolled-back');
    expect(await read(`/var/lib/fleet-audit/txn/${id}/undone-by`)).toBe('boot');
    await lab.host.exec('systemctl daemon-reload'); // a boot does not wait for systemd to forget the unit
    await expectNothingLeft();
  });
});

/** A client that is gone once it has begun: every later word of it is lost. */
async function cutAfter(script: string, seconds: number, session: Session): ReturnType<Session['run']> {
  if (!script.includes('fa_snapshot')) throw new Failure('lost', 'the way is cut', 'by the trial');
  return session.run(script, seconds);
}
