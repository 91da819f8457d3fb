import { describe, expect, it } from 'vitest';
import { configAnswer, nftCommands, serverAnswer, type Changes } from '../../../test/support/fail2ban.ts';
import { look, told } from '../../../test/support/look.ts';
import jail from './index.ts';

const see = (changes: Changes = {}, options = {}, config = configAnswer) =>
  look(jail, { name: 'sshd', ...options }, serverAnswer(changes), config);
const fact = (name: string, changes: Changes, options = {}, config?: string) =>
  see(changes, options, config).find((each) => each.fact === name)!;
const now = (name: string, changes: Changes, options = {}, config?: string) =>
  told([fact(name, changes, options, config)])[name];

describe('fail2ban_jail', () => {
  it('reads the jail of the guide', () => {
    expect(told(see())).toEqual({
      active: true,
      bantime: 86400,
      findtime: 600,
      maxretry: 3,
      ignored: [],
      exempt: [],
      ignores_loopback: true,
      covers_port: true,
      reads_sshd: true,
      misses: [],
      bans: true,
    });
    expect(fact('bantime', {})).toMatchObject({ where: '/etc/fail2ban/jail.local:13' });
  });

  it('tells nothing from pieces of what the server says', () => {
    const text = serverAnswer();
    for (let length = 0; length < text.length; length += 7) {
      const seen = look(jail, { name: 'sshd' }, text.slice(0, length), configAnswer);
      expect(new Set(seen.map((each) => each.state))).toEqual(new Set(['unknown']));
    }
  });

  it('knows when there is no such jail', () => {
    expect(told(look(jail, { name: 'nginx' }, serverAnswer(), configAnswer))).toMatchObject({
      active: false,
      bantime: 'absent',
      bans: 'absent',
    });
  });

  it('names no file for a value that the files do not have', () => {
    expect(fact('bantime', { get: { bantime: 60 } })).not.toHaveProperty('where');
  });

  it('wants its threads, where they have names', () => {
    expect(now('active', { threads: ['f2b/observer', 'f2b/a.sshd'] })).toBe(false);
    expect(now('active', { threads: ['fail2ban-server'] })).toBe(true);
  });

  it.each<[string, Changes, unknown]>([
    ['for ever', { get: { bantime: -1 } }, 100 * 365 * 86400],
    ['growing', { get: { 'bantime.increment': true } }, 86400],
    ['growing, but cut', { get: { 'bantime.increment': true, 'bantime.maxtime': 60 } }, 60],
    ['cut, but not growing', { get: { 'bantime.maxtime': 60 } }, 86400],
    ['shrinking', { get: { 'bantime.increment': true, 'bantime.multipliers': '0 1 5' } }, 0],
    [
      'by a small factor',
      { get: { 'bantime.increment': true, 'bantime.factor': '0.5', 'bantime.multipliers': '1 2' } },
      43200,
    ],
    [
      'by a program',
      { get: { 'bantime.increment': true, 'bantime.factor': 'math.pi', 'bantime.multipliers': '1' } },
      'unknown',
    ],
  ])('knows the shortest ban: %s', (_name, changes, expected) => expect(now('bantime', changes)).toBe(expected));

  it.each<[string, string[], object, string[]]>([
    ['everybody', ['0.0.0.0'], {}, ['0.0.0.0/0']],
    ['everybody over IPv6', ['::'], {}, ['::/0']],
    ['a name', ['ops.example.org'], {}, ['ops.example.org']],
    ['a part of what is approved', ['10.1.2.0/24'], { approved: ['10.0.0.0/8'] }, []],
    ['more than is approved', ['10.0.0.0/7'], { approved: ['10.0.0.0/8'] }, ['10.0.0.0/7']],
    ['loopback by address', ['127.0.0.1'], { approved: [] }, []],
    ['all of 127, which is more than was approved', ['127.0.0.0/8'], { approved: [] }, ['127.0.0.0/8']],
  ])('knows who is ignored: %s', (_name, ignoreip, options, expected) => {
    expect(now('ignored', { get: { ignoreip } }, options)).toEqual(expected);
  });

  it('knows other ways to be spared', () => {
    expect(now('exempt', { get: { ignorecommand: '/bin/true', ignoreregex: ['root'] } })).toEqual([
      'ignorecommand /bin/true',
      'root',
    ]);
    expect(now('ignores_loopback', { get: { ignoreself: false } })).toBe(true);
    expect(now('ignores_loopback', { get: { ignoreself: false, ignoreip: ['127.0.0.1'] } })).toBe(false);
  });

  it.each<[string, Changes, number, unknown]>([
    ['its port', {}, 22, true],
    ['another port', {}, 2222, false],
    ['a range', { action: { ports: ['80', '2000:3000'] } }, 2222, true],
    ['the wrong protocol', { action: { protocol: 'udp' } }, 22, false],
    [
      'no port named: all of them',
      { action: { start: 'nft add rule inet x y ip saddr @s drop', protocol: '' } },
      2222,
      true,
    ],
    ['a service that nobody knows', { action: { ports: ['sshh'] } }, 22, 'unknown'],
    ['only a mail', { action: { tools: {} } }, 22, false],
  ])('knows what a ban covers: %s', (_name, changes, port, expected) => {
    expect(now('covers_port', changes, { port })).toBe(expected);
  });

  it.each<[string, Changes, unknown]>([
    ['no tool', { action: { tools: {} } }, false],
    ['a tool that is gone', { action: { tools: { nft: false } } }, false],
    ['one of two tools', { action: { tools: { ipset: false, iptables: true } } }, false],
    ['a chain hooked at forward', { action: nftCommands('reject', 'forward') }, false],
    ['a rule that only counts', { action: nftCommands('counter') }, false],
    ['a rule that goes on', { action: nftCommands('continue') }, false],
    ['a rule that only logs', { action: nftCommands('log prefix "f2b "') }, false],
    ['a rule that counts and drops', { action: nftCommands('counter drop') }, true],
    ['a rule that nobody here knows', { action: nftCommands('dnat to 127.0.0.1') }, 'unknown'],
    ['a block of IPv4 only', { action: { start6: nftCommands('counter').start6 } }, false],
    ['commands for IPv6 that are not told', { action: { start6: undefined as never } }, 'unknown'],
    ['a command more', { action: { start: `nft flush ruleset\n${nftCommands('reject').start}` } }, 'unknown'],
    ['no action', { jail: { actions: {} } }, false],
  ])('knows whether a ban would bite: %s', (_name, changes, expected) => {
    expect(now('bans', changes)).toBe(expected);
  });

  it('does not say that a ban which blocks nothing covers the port', () => {
    expect(fact('covers_port', { action: nftCommands('counter') })).toMatchObject({
      value: false,
      note: 'its action nftables blocks nothing: its rule ends with counter, which stops nothing',
    });
  });

  const only = (...journalmatch: string[][]): Changes => ({ get: { journalmatch } });
  it.each<[string, Changes, unknown]>([
    ['all of the journal', only(), true],
    ['another unit', only(['_SYSTEMD_UNIT=cron.service']), false],
    ['the name that sshd had before 9.8', only(['_COMM=sshd']), false],
    ['unit and name, both', only(['_SYSTEMD_UNIT=ssh.service', '_COMM=sshd']), false],
    ['one of two names', only(['_SYSTEMD_UNIT=ssh.service', '_COMM=sshd', '_COMM=sshd-session']), true],
    ['a field that was not asked', only(['_MACHINE_ID=1']), 'unknown'],
    ['silence', { records: [] }, 'unknown'],
    ['a sshd that logs nothing', { logLevel: 'SILENT', records: [] }, false],
    ['a log with it', { get: { logpath: ['/l'] }, jail: { files: { '/l': [true] } } }, true],
    ['a log without it', { get: { logpath: ['/l'] }, jail: { files: { '/l': [false] } } }, false],
    [
      'a log that is not there',
      { get: { logpath: ['/l'] }, jail: { files: { '/l': 'No such file or directory' } } },
      false,
    ],
    [
      'a log without what is brand-new',
      { get: { logpath: ['/l'] }, jail: { files: { '/l': [false] } }, records: [{ age: 0 }] },
      'unknown',
    ],
    [
      'only old lines',
      {
        get: { logpath: ['/l'] },
        jail: { files: { '/l': [false, false, true] } },
        records: [{ age: 0 }, { age: 60 }, { age: 90 }],
      },
      false,
    ],
  ])('knows whether it reads what sshd writes: %s', (_name, changes, expected) => {
    expect(now('reads_sshd', changes)).toBe(expected);
  });

  const failure = { MESSAGE: 'Invalid user admin from 203.0.113.7 port 4711', from: '203.0.113.7', age: 60 };
  it.each<[string, Changes, unknown]>([
    ['none was counted', { records: [failure] }, false],
    ['it is banned', { records: [failure], jail: { banned: ['203.0.113.7'] } }, true],
    ['it is ignored', { records: [failure], get: { ignoreip: ['203.0.113.0/24'] } }, true],
    ['it has only just come', { records: [{ ...failure, age: 2 }] }, true],
    ['it is forgotten', { records: [{ ...failure, age: 700 }] }, true],
    ['some are counted', { records: [failure], jail: { status: [['Filter', [['Currently failed', 1]]]] } }, true],
  ])('notices a failure that was logged and not counted: %s', (_name, changes, expected) => {
    expect(now('reads_sshd', changes)).toBe(expected);
  });

  it('does not judge a journal of its own', () => {
    const config = configAnswer.replace('"backend": "systemd"', '"backend": "systemd[journalpath=/nowhere]"');
    expect(now('reads_sshd', {}, {}, config)).toBe('unknown');
  });

  it('tries its filter', () => {
    expect(now('misses', { jail: { catches: { 'an invalid user': false } } })).toEqual(['an invalid user']);
    expect(now('misses', { jail: { catches: null } })).toBe('unknown');
  });
});
