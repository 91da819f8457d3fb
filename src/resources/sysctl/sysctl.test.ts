import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import { sysctlGlobMatches, normalizeKey } from './keys.ts';
import { numberIn } from './number.ts';
import sysctl from './index.ts';

const answer = (stdout: string, rest: Partial<Answer> = {}): Answer => ({
  ...{ digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 2 },
  ...rest,
});

const shipped = '/usr/lib/systemd/systemd-sysctl';
const head = [
  'boot|systemd',
  'unit|static',
  `how|ExecStart={ path=${shipped} ; argv[]=${shipped}`,
  'how|FragmentPath=/usr/lib/systemd/system/systemd-sysctl.service',
  'how|DropInPaths=',
  '',
].join('\n');
const debian12 = `${head}file|/etc/sysctl.d/99-fleetclaw.conf
file|/etc/sysctl.d/99-sysctl.conf
file|/usr/lib/sysctl.d/50-pid-max.conf
ufw|enabled|yes
late|/etc/ufw/sysctl.conf
in|/etc/sysctl.d/99-fleetclaw.conf
2|vm.swappiness = 10
in|/etc/sysctl.d/99-sysctl.conf
in|/usr/lib/sysctl.d/50-pid-max.conf
16|kernel.pid_max = 4194304
in|/etc/ufw/sysctl.conf
25|net/ipv4/icmp_echo_ignore_all=0
end
`;

/** Facts by name, as value or state, of a host with this live value and this configuration. */
function read(key: string, live: string, persisted: string, column?: number) {
  const select = { key, ...(column && { column }) } as never;
  const [now, boot] = sysctl.probes(select).map(({ name }) => name);
  const seen = sysctl.read(select, { [now!]: answer(live), [boot!]: answer(persisted) });
  return Object.fromEntries(seen.map((each) => [each.fact, each]));
}

/** A configuration of these files in /etc/sysctl.d, each with its lines. */
function files(all: Record<string, string[]>, rest = ''): string {
  const paths = Object.keys(all).map((name) => (name.startsWith('/') ? name : `/etc/sysctl.d/${name}`));
  const contents = Object.values(all).map((lines, i) =>
    [`in|${paths[i]}`, ...lines.map((line, n) => `${n + 1}|${line}`)].join('\n'),
  );
  return [head.trim(), ...paths.map((path) => `file|${path}`), ...(rest ? [rest] : []), ...contents, 'end', ''].join(
    '\n',
  );
}

const persistedBy = (key: string, config: string) => read(key, 'now|1\nend\n', config).persisted;

describe('what is live', () => {
  it('reads a number', () =>
    expect(read('vm.swappiness', 'now|60\nend\n', debian12).current).toMatchObject({ value: 60 }));

  it('reads one of several numbers when told which', () => {
    const live = 'now|4096\t131072\t6291456\nend\n';
    expect(read('net.ipv4.tcp_rmem', live, debian12, 3).current).toMatchObject({ value: 6291456 });
    expect(read('net.ipv4.tcp_rmem', live, debian12, 4).current).toMatchObject({ state: 'unknown' });
    expect(read('net.ipv4.tcp_rmem', live, debian12).current).toMatchObject({ state: 'unknown', code: 'unparsable' });
  });

  it.each([
    ['no-now|cat: /proc/sys/vm/x: No such file or directory\nend\n', { state: 'absent' }],
    ['no-now|cat: /proc/sys/vm/x: Permission denied\nend\n', { state: 'unknown', code: 'denied' }],
    ['no-now|sh: 3: cat: not found\nend\n', { state: 'unknown', code: 'tool-missing' }],
    ['now|10\n', { state: 'unknown', code: 'unparsable' }],
    ['now|\nend\n', { state: 'unknown', code: 'unparsable' }],
    ['', { state: 'unknown', code: 'unparsable' }],
  ])('takes %j for %j', (live, expected) => expect(read('vm.x', live, debian12).current).toMatchObject(expected));

  it('shows the largest number as it was written', () => {
    const { current, after_reboot: after } = read('fs.file-max', 'now|9223372036854775807\nend\n', debian12);
    expect(current).toMatchObject({ note: 'exactly 9223372036854775807' });
    expect(after).toMatchObject({ state: 'value', note: expect.stringContaining('raised by systemd') as string });
  });
});

describe('what is persisted', () => {
  it('names the file and the line', () => {
    const { persisted, after_reboot: after } = read('vm.swappiness', 'now|10\nend\n', debian12);
    expect(persisted).toMatchObject({ value: 10, where: '/etc/sysctl.d/99-fleetclaw.conf:2' });
    expect(after).toMatchObject({ value: 10 });
  });

  it.each<[string, Record<string, string[]>, number | string]>([
    [
      'the last name wins, not the last directory',
      { '10-a.conf': ['vm.swappiness=1'], '/usr/lib/sysctl.d/90-b.conf': ['vm.swappiness=2'] },
      2,
    ],
    [
      '99-sysctl.conf sorts behind 99-fleetclaw.conf',
      { '99-sysctl.conf': ['vm.swappiness=60'], '99-fleetclaw.conf': ['vm.swappiness=10'] },
      60,
    ],
    ['capitals sort first', { '99-a.conf': ['vm.swappiness=1'], '99-B.conf': ['vm.swappiness=2'] }, 1],
    [
      'a name hides its equals in later directories',
      { '50-x.conf': [], '/usr/lib/sysctl.d/50-x.conf': ['vm.swappiness=1'] },
      'absent',
    ],
    ['the last line wins', { '1.conf': ['vm.swappiness=1', 'vm/swappiness = 2 '] }, 2],
    ['a minus only forgives failure', { '1.conf': ['-vm.swappiness=3'] }, 3],
    ['a minus without a value takes back', { '1.conf': ['vm.swappiness=1', '-vm.swappiness'] }, 'absent'],
    ['a line without = is no assignment', { '1.conf': ['vm.swappiness 10'] }, 'absent'],
    ['a key with spaces in it is another key', { '1.conf': ['vm . swappiness = 1'] }, 'absent'],
    ['a path below /proc/sys', { '1.conf': ['/vm/swappiness=7'] }, 7],
    ['a pattern', { '1.conf': ['vm.swap* = 8'] }, 8],
    ['a pattern never beats the key itself', { '1.conf': ['vm.swappiness=1'], '2.conf': ['vm.* = 8'] }, 1],
    ['the last of two patterns', { '1.conf': ['vm.* = 8', 'vm.swap* = 9'] }, 9],
    ['a repeated pattern keeps its place', { '1.conf': ['vm.* = 8', 'vm.swap* = 9', 'vm.* = 8'] }, 9],
    ['a key that is taken out of patterns', { '1.conf': ['-vm.swappiness', 'vm.* = 8'] }, 'absent'],
    ['a star does not match a slash', { '1.conf': ['*swappiness = 8'] }, 'absent'],
    ['braces', { '1.conf': ['vm.{swappiness,laptop}* = 8'] }, 8],
    ['a comment behind the value', { '1.conf': ['vm.swappiness = 10 # ours'] }, 'unknown'],
    ['no value', { '1.conf': ['vm.swappiness ='] }, 'unknown'],
    ['a pattern that is not understood', { '1.conf': ['vm.{sw*pp = 1'] }, 'unknown'],
  ])('%s', (_, all, expected) => {
    const seen = persistedBy('vm.swappiness', files(all));
    expect(seen?.state === 'value' ? seen.value : seen?.state).toBe(expected);
  });

  const ufw = (state: string, line = '7|net/core/somaxconn=1') =>
    files(
      { '99-a.conf': ['net.core.somaxconn=4096'] },
      `ufw|${state}\nlate|/etc/ufw/sysctl.conf\nin|/etc/ufw/sysctl.conf\n${line}`,
    );

  it('lets UFW write over it, if UFW starts', () => {
    expect(persistedBy('net.core.somaxconn', ufw('enabled|yes'))).toMatchObject({
      value: 1,
      where: '/etc/ufw/sysctl.conf:7',
    });
    expect(persistedBy('net.core.somaxconn', ufw('enabled|no'))).toMatchObject({ value: 4096 });
    expect(persistedBy('net.core.somaxconn', ufw('disabled|yes'))).toMatchObject({ value: 4096 });
    expect(persistedBy('net.core.somaxconn', ufw('Failed to connect to bus|yes'))).toMatchObject({ state: 'unknown' });
    expect(persistedBy('net.core.somaxconn', ufw('?|yes', '7|net/ipv4/tcp_syncookies=1'))).toMatchObject({
      value: 4096,
    });
  });

  it('takes the kernel command line when nothing comes later', () => {
    const cmdline = `${head}kernel|vm.swappiness=5\nend\n`;
    expect(persistedBy('vm.swappiness', cmdline)).toMatchObject({ value: 5, where: '/proc/cmdline' });
  });

  it('does not count sysctl.d when systemd-sysctl is masked', () => {
    const masked = files({ '1.conf': ['vm.swappiness=1'] }).replace('unit|static', 'unit|masked');
    const { persisted, after_reboot: after } = read('vm.swappiness', 'now|1\nend\n', masked);
    expect(persisted).toMatchObject({ state: 'absent' });
    expect(after).toMatchObject({ value: 60 });
  });

  it.each([
    ['another command', /^how\|ExecStart.*$/m, 'how|ExecStart={ path=/bin/true ; argv[]=/bin/true'],
    ['a drop-in', 'how|DropInPaths=', 'how|DropInPaths=/etc/systemd/system/systemd-sysctl.service.d/x.conf'],
    ['no answer', /^how\|.*\n/gm, ''],
  ])('cannot tell when systemd-sysctl runs with %s', (_, from, to) => {
    const changed = files({ '1.conf': ['vm.swappiness=1'] }).replace(from, to);
    expect(persistedBy('vm.swappiness', changed)).toMatchObject({ state: 'unknown' });
  });

  it.each(['boot|other', 'unit|indirect', 'odd', 'lost'])('cannot tell with %s', (line) => {
    const config = debian12
      .replace(new RegExp(`^${line.split('|')[0]}\\|.*$`, 'm'), line)
      .replace('end\n', `${line}\nend\n`);
    expect(persistedBy('vm.swappiness', config)).toMatchObject({ state: 'unknown' });
  });
});

describe('what comes after a reboot, when nothing is persisted', () => {
  it("is the kernel's default, not what somebody set by hand", () => {
    const { current, after_reboot: after } = read('vm.swappiness', 'now|10\nend\n', files({}));
    expect(current).toMatchObject({ value: 10 });
    expect(after).toMatchObject({ value: 60 });
  });

  it('is what a fresh network namespace starts with', () => {
    const { current, after_reboot: after } = read('net.core.somaxconn', 'now|65535\nfresh|128\nend\n', files({}));
    expect(current).toMatchObject({ value: 65535 });
    expect(after).toMatchObject({ value: 128 });
    const denied = read(
      'net.core.somaxconn',
      'now|65535\nno-fresh|unshare: unshare failed: Operation not permitted\nend\n',
      files({}),
    );
    expect(denied.after_reboot).toMatchObject({ state: 'unknown', code: 'denied' });
  });

  it('is not known for other parameters', () => {
    expect(read('kernel.pid_max', 'now|1\nend\n', files({})).after_reboot).toMatchObject({ state: 'unknown' });
    expect(read('fs.file-max', 'now|2466170\nend\n', files({})).after_reboot).toMatchObject({ state: 'unknown' });
  });
});

describe('keys, patterns, numbers', () => {
  it.each([
    ['vm.swappiness', 'vm/swappiness'],
    ['/vm/swappiness', 'vm/swappiness'],
    ['net.ipv4.conf.enp3s0/200.forwarding', 'net/ipv4/conf/enp3s0.200/forwarding'],
    ['net/ipv4/conf/enp3s0.200/forwarding', 'net/ipv4/conf/enp3s0.200/forwarding'],
  ])('normalises %s', (key, path) => expect(normalizeKey(key)).toBe(path));

  it('is not slowed down by a pattern', () => {
    expect(sysctlGlobMatches(`${'*{,}'.repeat(200)}x`, 'vm/swappiness')).toBe(false);
  });

  it('survives any pattern', () => {
    fc.assert(
      fc.property(fc.string(), (pattern) => [true, false, null].includes(sysctlGlobMatches(pattern, 'vm/swappiness'))),
    );
  });

  it.each([
    ['0x10', 16],
    ['010', 8],
    ['-2', -2],
    ['0', 0],
  ])('reads %s as C does', (text, value) => expect(numberIn(text, undefined)).toEqual({ value }));
  it.each(['', '1e3', '10abc', '08', '0x', '1.5', 'NaN'])('refuses %j', (text) =>
    expect(numberIn(text, undefined)).toHaveProperty('problem'),
  );
});

it('never gets a value out of a cut answer', () => {
  fc.assert(
    fc.property(fc.nat(debian12.length - 1), (length) => {
      const { persisted, after_reboot: after } = read('vm.swappiness', 'now|10\nend\n', debian12.slice(0, length));
      expect([persisted!.state, after!.state]).toEqual(['unknown', 'unknown']);
    }),
  );
});

it('speaks of every fact when nothing came back', () => {
  for (const key of ['vm.swappiness', 'net.core.somaxconn', 'fs.file-max']) {
    const seen = sysctl.read({ key } as never, {});
    expect(seen.map(({ fact, state }) => [fact, state])).toEqual(
      Object.keys(sysctl.facts).map((fact) => [fact, 'unknown']),
    );
  }
});
