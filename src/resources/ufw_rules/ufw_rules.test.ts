import { describe, expect, it } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import type { Answer } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import ufwRules from './index.ts';

const recorded = (name: string) => {
  const answers = recordedAnswers(name);
  const names = ufwRules.probes({ at: 'live' } as never).map((probe) => probe.name);
  return Object.fromEntries(names.map((each) => [each, answers[each]!]));
};
const hosts = { 12: recorded('hardened-debian12'), 13: recorded('hardened-debian13'), bare: recorded('bare-debian13') };

interface Change {
  [probe: string]: [from: string, to: string] | Partial<Answer>;
}
const changed = (change: Change, host: Record<string, Answer> = hosts[13]) => {
  const entries = Object.entries(change).map(([probe, how]) => {
    const answer = host[probe]!;
    if (!Array.isArray(how)) return [probe, { ...answer, ...how }] as const;
    expect(answer.stdout).toContain(how[0]);
    return [probe, { ...answer, stdout: answer.stdout.replace(how[0], how[1]) }] as const;
  });
  return { ...host, ...Object.fromEntries(entries) };
};
const look = (at: 'live' | 'boot', change: Change = {}, options = {}, host = hosts[13]) =>
  ufwRules.read({ at, ...options } as never, changed(change, host));
const values = (seen: Observation[], fact: string) =>
  seen.filter((each) => each.fact === fact).map((each) => (each.state === 'value' ? each.value : each.state));
/** A rule in front of the first one of UFW's for packets that come in, live for IPv4. */
const live = (rule: string): Change => ({
  'iptables.save': ['rule|-A ufw-user-input -p tcp', `rule|${rule}\nrule|-A ufw-user-input -p tcp`],
});
const user = (rule: string): Change => ({
  'ufw.files': ['text|user|-A ufw-user-input -p tcp', `text|user|${rule}\ntext|user|-A ufw-user-input -p tcp`],
});

describe.each(['live', 'boot'] as const)('a host as the guide wants it: %s', (at) => {
  it.each([12, 13] as const)('Debian %i', (release) => {
    const seen = look(at, {}, {}, hosts[release]);
    const both = (value: unknown) => [value, value];
    expect(values(seen, 'in_path')).toEqual(both(true));
    expect(values(seen, 'incoming')).toEqual(both('deny'));
    expect(values(seen, 'outgoing')).toEqual(both('allow'));
    expect(values(seen, 'routed')).toEqual(both('deny'));
    expect(values(seen, 'tcp')).toEqual(both(['22']));
    expect(values(seen, 'udp')).toEqual(both(['41641']));
    for (const fact of ['protocols', 'forwards', 'ahead']) expect(values(seen, fact)).toEqual(both([]));
    expect(values(seen, 'logs')).toEqual(both(true));
    expect(values(seen, 'admits')).toEqual(both(true));
  });

  it('of one family, of another port', () => {
    const seen = look(at, {}, { family: 6, port: 41641, protocol: 'udp' });
    expect(seen.filter((each) => each.fact === 'admits')).toMatchObject([{ value: true }]);
    expect(values(look(at, {}, { port: 41641 }), 'admits')).toEqual([false, false]);
  });

  it('does not know without knowing what faces the internet', () => {
    for (const how of [{ outcome: 'timed-out', code: null }, { stdout: 'end\n' }] as const) {
      for (const each of look(at, { 'net.interfaces': how })) expect(each.state).toBe('unknown');
    }
  });

  it('does not know without an answer', () => {
    const probe = at === 'live' ? 'iptables.save' : 'ufw.files';
    for (const how of [{ outcome: 'timed-out', code: null }, { stdout: 'rule|*filter\n' }] as const) {
      for (const each of look(at, { [probe]: how }, { family: 4 })) expect(each.state).toBe('unknown');
    }
  });
});

describe('a host without UFW', () => {
  it('lets everything in', () => {
    const seen = look('live', {}, { family: 4 }, hosts.bare);
    expect(values(seen, 'in_path')).toEqual([false]);
    expect(values(seen, 'incoming')).toEqual(['allow']);
    expect(values(seen, 'tcp')).toEqual([['0-65535']]);
    expect(values(seen, 'protocols')).toEqual([['any other']]);
    expect(values(seen, 'ahead')).toEqual(['absent']);
    expect(values(seen, 'logs')).toEqual([false]);
  });
});

describe('what gets in', () => {
  it.each([
    ['-A ufw-user-input -p tcp -m tcp --dport 45678 -j ACCEPT', 'tcp', ['45678']],
    ['-A ufw-user-input -s 10.0.0.0/8 -p tcp -m tcp --dport 5432 -j ACCEPT', 'tcp', ['5432']],
    ['-A ufw-user-input -p tcp -m multiport --dports 80,8000:8100 -j ACCEPT', 'tcp', ['80', '8000-8100']],
    ['-A ufw-user-input -p udp -m udp --dport 1:1023 -m limit --limit 1/sec -j ACCEPT', 'udp', ['1-1023']],
    ['-A ufw-user-input -p udp -m set --match-set office src -j ACCEPT', 'udp', ['0-65535']],
    ['-A ufw-before-input -p udp -m udp --dport 68 -j ACCEPT', 'udp', ['68']],
    ['-A ufw-user-input -p gre -j ACCEPT', 'protocols', ['gre']],
    ['-A ufw-user-input -p esp -g ufw-user-limit-accept', 'protocols', ['esp']],
    ['-A ufw-user-input ! -p tcp -j ACCEPT', 'protocols', ['any other']],
    ['-A ufw-user-input -m conntrack --ctstate UNTRACKED -j ACCEPT', 'protocols', ['any other']],
    ['-A ufw-user-input -m conntrack --ctstate DNAT -j ACCEPT', 'protocols', ['any other']],
    ['-A ufw-after-input -p tcp -m tcp --dport 99 -j NFQUEUE --queue-num 0', 'tcp', ['99']],
  ])('%s', (rule, fact, expected) => {
    expect(values(look('live', live(rule), { family: 4 }), fact)).toContainEqual(expected.slice(0, 1));
    for (const each of expected) expect(values(look('live', live(rule), { family: 4 }), fact)).toContainEqual([each]);
  });

  it.each([
    '-A ufw-user-input -p icmp -j ACCEPT',
    '-A ufw-user-input -i tailscale0 -j ACCEPT',
    '-A ufw-user-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    '-A ufw-user-input -p tcp -m tcp --dport 80 -j DROP',
    '-A ufw-user-input -p tcp -m tcp --dport 80 -m comment --comment "-j ACCEPT" -j REJECT',
  ])('not by %s', (rule) => {
    const seen = look('live', live(rule), { family: 4 });
    expect([values(seen, 'tcp'), values(seen, 'udp'), values(seen, 'protocols')]).toEqual([
      [['22']],
      [['41641']],
      [[]],
    ]);
  });

  it('does not know what a strange target does', () => {
    const seen = look('live', live('-A ufw-user-input -p tcp -m tcp --dport 80 -j PORTAL'), { family: 4 });
    expect(values(seen, 'tcp')).toEqual([['22'], 'unknown']);
  });

  it.each([
    ['-j REDIRECT --to-ports 22', [['22'], ['8443']]],
    ['-j REDIRECT --to-ports 20-30', [['22'], ['8443']]],
    ['-j DNAT --to-destination 127.0.0.1:22', [['22'], ['8443']]],
    ['-j DNAT --to-destination :22', [['22'], ['8443']]],
    ['-j REDIRECT --to-ports 3100', [['22']]],
    ['-j DNAT --to-destination 172.18.0.3:22', [['22']]],
    ['-j RETURN', [['22']]],
  ])('through nat with %s', (action, expected) => {
    const rule = `rule|-A PREROUTING -p tcp -m tcp --dport 8443 ${action}`;
    const seen = look(
      'live',
      { 'iptables.save': ['rule|-A PREROUTING', `${rule}\nrule|-A PREROUTING`] },
      { family: 4 },
    );
    expect(values(seen, 'tcp')).toEqual(expected);
  });
});

describe('what UFW would load', () => {
  it.each([
    ['-A ufw-user-input -p TCP --destination-port 8080 --jump ACCEPT', [['22'], ['8080']]],
    ['-A ufw-user-input -p 06 --dport 8080 -j ACCEPT', [['22'], ['8080']]],
    ['-A ufw-user-input -j ACCEPT -p tcp --dport 8080', [['22'], ['8080']]],
    ['-A ufw-user-input -j DROP -p tcp --dport 8080', [['22']]],
    ['-I INPUT -p tcp --dport 8080 -j ACCEPT', [['22'], ['8080']]],
    ['-A ufw-user-input -p tcp --dport 8080 -jACCEPT', ['unknown']],
    ['-A ufw-user-input -p tcp --dport 8080 --jum ACCEPT', ['unknown']],
    ['-A no-such-chain -j ACCEPT', ['unknown']],
    ['-D ufw-user-input -j ACCEPT', ['unknown']],
    ['*nat', ['unknown']],
  ])('%s', (rule, expected) => {
    expect(values(look('boot', user(rule), { family: 4 }), 'tcp')).toEqual(expected);
  });

  it('names file and line', () => {
    const seen = look('boot', user('-A ufw-user-input -p tcp --dport 8080 -j ACCEPT'), { family: 4 });
    const found = seen.find((each) => each.state === 'value' && String(each.value) === '8080');
    expect(found?.where).toMatch(/^\/etc\/ufw\/user\.rules:\d+$/);
  });

  it.each([
    ['DEFAULT_INPUT_POLICY="DROP"', 'DEFAULT_INPUT_POLICY="REJECT"', 'incoming', 'reject'],
    ['DEFAULT_INPUT_POLICY="DROP"', 'DEFAULT_INPUT_POLICY="ACCEPT"', 'incoming', 'allow'],
    ['DEFAULT_INPUT_POLICY="DROP"', 'DEFAULT_INPUT_POLICY="drop"', 'incoming', 'unknown'],
    ['text|default|DEFAULT_INPUT_POLICY="DROP"', 'text|default|', 'incoming', 'unknown'],
    ['DEFAULT_OUTPUT_POLICY="ACCEPT"', 'DEFAULT_OUTPUT_POLICY="DROP"', 'outgoing', 'deny'],
    ['DEFAULT_FORWARD_POLICY="DROP"', 'DEFAULT_FORWARD_POLICY="ACCEPT"', 'routed', 'allow'],
    ['ipv6|on', 'hook|/etc/ufw/after.init\nipv6|on', 'incoming', 'unknown'],
  ])('%s as %s: %s is %s', (from, to, fact, expected) => {
    expect(values(look('boot', { 'ufw.files': [from, to] }, { family: 4 }), fact)).toEqual([expected]);
  });

  it('drops IPv6 that it leaves out, and then asks nothing more of it', () => {
    const seen = look('boot', { 'ufw.files': ['IPV6=yes', 'IPV6=no'] }, { family: 6 });
    expect(values(seen, 'incoming')).toEqual(['deny']);
    expect(values(seen, 'tcp')).toEqual([[]]);
    for (const fact of ['in_path', 'outgoing', 'logs', 'admits']) expect(values(seen, fact)).toEqual(['skipped']);
  });
});

describe('who may come in by SSH', () => {
  const ssh = '-A ufw-user-input -p tcp -m tcp --dport 22';
  const instead = (...rules: string[]): Change => ({
    'iptables.save': [`rule|${ssh} -j ACCEPT`, rules.map((rule) => `rule|${rule}`).join('\n')],
  });
  it.each([
    ['everybody', [`${ssh} -j ACCEPT`], true],
    ['nobody', ['-A ufw-user-input -j RETURN'], false],
    ['everybody but one', [`-A ufw-user-input -s 198.51.100.1/32 -j DROP`, `${ssh} -j ACCEPT`], true],
    ['some', [`-A ufw-user-input -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT`], 'unknown'],
    ['who knocked', [`${ssh} -m recent --rcheck --name knock -j ACCEPT`], 'unknown'],
    ['nobody, because of a rule in front', [`${ssh} -j DROP`, `${ssh} -j ACCEPT`], false],
    [
      'everybody, with a limit',
      [
        `${ssh} -m conntrack --ctstate NEW -m recent --set --name DEFAULT --mask 255.255.255.255 --rsource`,
        `${ssh} -m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 --name DEFAULT --rsource -j ufw-user-limit`,
        `${ssh} -j ufw-user-limit-accept`,
      ],
      true,
    ],
  ])('%s', (_, rules, expected) => {
    expect(values(look('live', instead(...rules), { family: 4 }), 'admits')).toEqual([expected]);
  });
});

describe('what is ahead of UFW', () => {
  const first = 'rule|-A INPUT -j ufw-before-logging-input';
  const inFront = (...rules: string[]): Change => ({
    'iptables.save': [first, [...rules.map((rule) => `rule|${rule}`), first].join('\n')],
  });
  it.each([
    [['-A INPUT -j ACCEPT'], [['tcp 0-65535'], ['udp 0-65535'], ['any other']]],
    [['-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT'], [['tcp 22']]],
    [['-A INPUT -p udp -j ufw-user-limit-accept'], [['udp 0-65535']]],
    [['-A INPUT -i lo -j ACCEPT'], [[]]],
    [['-A INPUT -p tcp -m tcp --dport 22 -j DROP'], [[]]],
  ])('%j', (rules, expected) => {
    expect(values(look('live', inFront(...rules), { family: 4 }), 'ahead')).toEqual(expected);
  });
});

describe("a packet that is routed with the tailnet's mark", () => {
  const tailnet =
    ':ts-forward - [0:0]\nrule|-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT\nrule|-A FORWARD -j ts-forward';
  const routed = (mangle: string) => {
    const before = `rule|*mangle\nrule|:PREROUTING ACCEPT [0:0]\n${mangle}rule|COMMIT\nrule|*filter\n`;
    const stdout = hosts[13]['iptables.save']!.stdout.replace('rule|*filter\n', before);
    const [head, rest] = stdout.split(/(?<=rule\|:FORWARD .*\n)/);
    const save = { stdout: `${head}rule|${tailnet}\n${rest}` };
    return values(look('live', { 'iptables.save': save }, { family: 4 }), 'routed');
  };
  it('is let through by tailscaled alone', () => expect(routed('')).toEqual(['deny']));
  it('is let through from outside, where others get the mark', () =>
    expect(routed('rule|-A PREROUTING -i ens3 -j MARK --set-xmark 0x40000/0xff0000\n')).toEqual(['allow']));
});

describe('what nobody tracks is not NEW', () => {
  const onlyNew = (raw: string) => {
    const { stdout } = hosts[13]['iptables.save']!;
    const first = 'rule|-A INPUT -i ens3 -m conntrack --ctstate NEW -j DROP\nrule|-A INPUT -j ACCEPT\n';
    const save = stdout
      .replace(/^rule\|-A INPUT /m, (found) => first + found)
      .replace('rule|*filter\n', `rule|*raw\nrule|:PREROUTING ACCEPT [0:0]\n${raw}rule|COMMIT\nrule|*filter\n`);
    return values(look('live', { 'iptables.save': { stdout: save } }, { family: 4 }), 'tcp');
  };
  it('so a drop of the NEW misses it', () =>
    expect(onlyNew('rule|-A PREROUTING -p tcp -m tcp --dport 7000 -j CT --notrack\n')).not.toEqual([[]]));
  it.each(['', 'rule|-A PREROUTING -i lo -j CT --notrack\n', 'rule|-A PREROUTING -p tcp -j CT --helper ftp\n'])(
    'but everything from outside is tracked with %j',
    (raw) => expect(onlyNew(raw)).toEqual([[]]),
  );
});
