import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import { parse } from './parse.ts';
import daemon from './index.ts';

/** Debian 12, OpenSSH 9.2, systemd 252: sshd started 20 s after the last change. */
const running = `show|ssh.service
unit|MainPID=63
unit|ReloadResult=success
unit|Id=ssh.service
unit|LoadState=loaded
unit|ActiveState=active
unit|UnitFileState=enabled
unit|StateChangeTimestamp=Mon 2026-11-23 01:31:41.191864 UTC
show|ssh.socket
unit|Listen=[::]:22 (Stream)
unit|Id=ssh.socket
unit|LoadState=loaded
unit|ActiveState=inactive
unit|UnitFileState=disabled
unit|StateChangeTimestamp=
pulled|ssh.service
blocked|no
pidfile|1795397501.191820522
pid|63
process|63|sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups \n\
process|90|sshd: ubuntu [priv]
listens|LISTEN 0      128    0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=63,fd=3))
listens|LISTEN 0      128       [::]:22    [::]:* users:(("sshd",pid=63,fd=4))
listens|LISTEN 0      128    127.0.0.1:6010 0.0.0.0:* users:(("sshd",pid=90,fd=9))
listens|LISTEN 0      4096 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=70,fd=18))
end
`;
/** As Ubuntu 24.04 waits for the first connection. */
const waiting = running
  .replace('MainPID=63', 'MainPID=0')
  .replace('ActiveState=active\nunit|UnitFileState=enabled', 'ActiveState=inactive\nunit|UnitFileState=disabled')
  .replace(
    'ActiveState=inactive\nunit|UnitFileState=disabled\nunit|StateChangeTimestamp=\n',
    'ActiveState=active\nunit|UnitFileState=enabled\nunit|StateChangeTimestamp=\n',
  )
  .replace('pulled|ssh.service', 'pulled|ssh.socket')
  .replace(/(pidfile|pid|process|listens)\|.*\n/g, '')
  .replace('end\n', 'listens|LISTEN 0 4096 *:22 *:* users:(("systemd",pid=1,fd=46))\nend\n');

const main = '/etc/ssh/sshd_config';
const files = (modified: string, changed = modified, who = '|ssh.service') =>
  `who||process 63
who|${who.slice(1)}
test|0|
login|0|user=root,addr=203.0.113.1|
trace|debug2: load_server_config: filename ${main}
match|
file|${main}
line|1|Port 22
stat|file|644|0|0|regular file|${modified}|${changed}|root|root|${main}
stat|included|755|0|0|directory|1795396863.971813186|1795396863.971813186|root|root|/etc/ssh/sshd_config.d
end
`.replace(`who|${who.slice(1)}`, `who|${who}`);
const old = '1795396863.971813186';

function look(text = running, effective = files(old), rest: Partial<Answer> = {}): Observation[] {
  const answer = (stdout: string): Answer => ({
    digest: '',
    outcome: 'exited',
    code: 0,
    stdout,
    stderr: '',
    truncated: false,
    ms: 3,
  });
  return daemon.read({} as never, { 'sshd.daemon': { ...answer(text), ...rest }, 'sshd.effective': answer(effective) });
}
const of = (fact: string, observations: Observation[]) => observations.filter((each) => each.fact === fact);
const told = (fact: string, observations: Observation[]) =>
  of(fact, observations).map((each) => (each.state === 'value' ? each.value : each.state));

describe('sshd_daemon', () => {
  it('knows a daemon that is as its files are', () => {
    const seen = look();
    expect(told('running', seen)).toEqual([true]);
    expect(told('current', seen)).toEqual([true]);
    expect(told('starts_at_boot', seen)).toEqual([true]);
  });

  it('counts the ports of listeners and not those of sessions', () => {
    expect(told('listens_on', look())).toEqual([22]);
  });

  it('sees a change after the last reading, and one that was dated back', () => {
    expect(told('current', look(running, files('1795397502.000000000')))).toEqual([false]);
    const back = look(running, files(old, '1795397502.000000000'));
    expect(of('current', back)).toMatchObject([
      { value: false, where: main, note: expect.stringContaining('01:31:42.000Z') },
    ]);
  });

  it('takes the same time for no proof', () => {
    expect(told('current', look(running, files('1795397501.191820522')))).toEqual([false]);
  });

  it('sees that a drop-in was removed', () => {
    const effective = files(old).replace('directory|1795396863', 'directory|1795399999');
    expect(of('current', look(running, effective))).toMatchObject([{ value: false, where: '/etc/ssh/sshd_config.d' }]);
  });

  it('relies on the unit where the pid file is of another daemon or missing, but not after a failed reload', () => {
    const other = running.replace('pid|63\nprocess', 'pid|99\nprocess');
    expect(told('current', look(other))).toEqual([true]);
    expect(told('current', look(other, files('1795397501.191863000')))).toEqual([true]);
    expect(told('current', look(other, files('1795397501.191865000')))).toEqual([false]);
    expect(told('current', look(other.replace('ReloadResult=success', 'ReloadResult=exit-code')))).toEqual(['unknown']);
    expect(told('current', look(running.replace(/pidfile\|.*\npid\|63\n/, '')))).toEqual([true]);
  });

  it('sees that the next start brings other options', () => {
    const effective = files(old).replace('who||ssh.service', 'who|-o PermitRootLogin=yes|ssh.service');
    expect(told('current', look(running, effective))).toEqual([true, false]);
  });

  it('does not tell whether it is current when files are missing or sshd refuses them', () => {
    expect(told('current', look(running, files(old).replace('login|0', 'login|255')))).toEqual(['unknown']);
    expect(
      told('current', look(running, files(old).replace(/stat\|file.*\n/, `nostat|file|Permission denied|${main}\n`))),
    ).toEqual(['unknown']);
    expect(told('current', look(running, ''))).toEqual(['unknown']);
  });

  it('knows socket activation before and after the first connection', () => {
    const seen = look(waiting);
    expect(told('running', seen)).toEqual([true]);
    expect(told('current', seen)).toEqual([true]);
    expect(told('starts_at_boot', seen)).toEqual([true]);
    expect(told('listens_on', seen)).toEqual([22, 22]);
  });

  it('sees a port that only ssh.socket has', () => {
    expect(told('listens_on', look(waiting.replace('[::]:22 (Stream)', '[::]:2222 (Stream)')))).toEqual([
      2222,
      'absent',
    ]);
  });

  it('sees a second daemon', () => {
    const second = running.replace(
      'end\n',
      'process|95|sshd: /usr/sbin/sshd -p 2022 [listener] 0 of 10-100 startups\nlistens|LISTEN 0 128 0.0.0.0:2022 0.0.0.0:* users:(("sshd",pid=95,fd=3))\nend\n',
    );
    expect(told('listens_on', look(second))).toEqual([22, 2022]);
    expect(told('current', look(second))).toEqual([true, 'unknown']);
  });

  it('knows what keeps it from starting', () => {
    expect(told('starts_at_boot', look(running.replace('blocked|no', 'blocked|yes')))).toEqual([false]);
    expect(told('starts_at_boot', look(running.replace('State=enabled', 'State=enabled-runtime')))).toEqual([false]);
    expect(
      told(
        'starts_at_boot',
        look(running.replace('State=enabled', 'State=masked').replace('LoadState=loaded', 'LoadState=masked')),
      ),
    ).toEqual([false]);
    expect(told('starts_at_boot', look(running.replace('pulled|ssh.service\n', '')))).toEqual([false]);
  });

  it('proves that nothing runs', () => {
    const none = running
      .replace(/(pidfile|pid|process|listens)\|.*\n/g, '')
      .replace('ActiveState=active', 'ActiveState=failed');
    const seen = look(none);
    expect([told('running', seen), told('current', seen), told('listens_on', seen)]).toEqual([
      [false],
      ['absent'],
      ['absent'],
    ]);
  });

  it('tells nothing from an answer that is none', () => {
    for (const outcome of ['timed-out', 'truncated', 'lost', 'denied'] as const) {
      for (const each of look('', files(old), { outcome, code: null })) expect(each.state).toBe('unknown');
    }
    for (const each of look('', files(old), { code: 127, stderr: 'ss: not found' }))
      expect(each).toMatchObject({ code: 'tool-missing' });
  });

  it('takes no beginning of an answer for an answer', () => {
    fc.assert(fc.property(fc.nat(running.length - 2), (length) => parse(running.slice(0, length)) === null));
  });

  it('needs both units', () => {
    expect(parse(running.replace('unit|Id=ssh.socket\n', ''))).toBeNull();
    expect(parse(running.replace('blocked|no\n', ''))).toBeNull();
  });
});
