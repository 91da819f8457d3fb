import { describe, expect, test } from 'vitest';
import { fixHost, sshd } from './fix-host.ts';
import { unavailable } from './unavailable.ts';

describe.skipIf(unavailable)('what a fix reloads is there afterwards', () => {
  const lab = fixHost('what is reloaded → what came of it', { release: 'debian13', layer: 'hardened' });
  const { carry, expectNothingLeft } = lab;
  const jumps = `iptables -S INPUT; ip6tables -S INPUT; iptables -S FORWARD | grep ufw`;

  test('sshd is told to read its files ten times in a row: none of them comes while it starts itself anew, which would end it', async () => {
    const often = sshd('X11Forwarding no\n', { activate: Array<string>(10).fill('fa_reload_sshd') });
    const { status, reason } = await carry(often);
    expect({ status, reason }).toEqual({ status: 'fixed', reason: null });
    await expectNothingLeft();
  });

  test('sshd is dead when it is to be undone: started, as it ran before', async () => {
    const dies = sshd('X11Forwarding no\n', {
      files: [],
      live: [{ kind: 'run', says: 'sshd dies', do: 'systemctl stop ssh.service', undo: '', touches: [] }],
      activate: ['false', 'fa_reload_sshd'],
    });
    expect((await carry(dies)).status).toBe('rollback-failed'); // `false` fails when it is done again, and only that
    await expectNothingLeft();
    expect((await lab.host.exec('systemctl is-active ssh.service')).stdout).toBe('active\n');
  });

  test("UFW's files no longer open the port, and nobody has loaded them: undoing a fix does not either", async () => {
    const rules = '{ iptables-save -t filter; ip6tables-save -t filter; } | grep "^-A ufw"; cat /etc/ufw/user*.rules';
    await lab.host.exec("cp -a /etc/ufw /root; sed -i '/22/d' /etc/ufw/user.rules /etc/ufw/user6.rules");
    const before = await lab.host.exec(rules);
    expect(before.stdout).toContain('-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT');
    const logging = { kind: 'ufw' as const, commands: ['ufw logging high'] };
    const outcome = await carry({ ...sshd(''), subject: 'UFW', files: [], live: [logging], activate: [] });
    expect(outcome).toMatchObject({
      status: 'fix-failed-rolled-back',
      reason: expect.stringContaining('UFW would not let in') as string,
    });
    expect(await lab.host.exec(rules)).toEqual(before);
    await expectNothingLeft();
    await lab.host.exec('cp -a /root/ufw /etc; ufw reload');
  });

  test('INPUT no longer leads to UFW, which says that it is on: hooked in again, and unhooked by a reload alone, which shuts everybody out and is undone', async () => {
    const whole = await lab.host.exec(jumps);
    const unhook = 'iptables -P INPUT ACCEPT; iptables -F INPUT';
    await lab.host.exec(unhook);
    const ufw = sshd('', {
      subject: 'UFW',
      files: [],
      live: [{ kind: 'ufw', commands: ['ufw --force enable'] }],
      activate: [],
    });
    expect(await carry(ufw)).toMatchObject({ status: 'fixed', reason: null });
    expect(await lab.host.exec(jumps)).toEqual(whole);
    await expectNothingLeft();

    await lab.host.exec(unhook);
    const open = await lab.host.exec(jumps);
    const reload = {
      kind: 'run' as const,
      says: 'UFW reloads',
      do: 'ufw reload',
      undo: 'iptables -P INPUT ACCEPT',
      touches: [],
    };
    const { status } = await carry({ ...ufw, live: [reload] }, { deadline: 30 });
    expect(status).toBe('reverted-lockout');
    expect(await lab.host.exec(jumps)).toEqual(open);
  });
});
