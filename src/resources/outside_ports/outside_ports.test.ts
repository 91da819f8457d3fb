import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import { aimOf } from './aim.ts';
import outside from './index.ts';

const answer = (stdout: string, rest: Partial<Answer> = {}): Answer => ({
  digest: '',
  outcome: 'exited',
  code: 0,
  stdout,
  stderr: '',
  truncated: false,
  ms: 22_000,
  ...rest,
});

const aim = `inet4|2: ens3    inet 198.18.0.10/30 scope global ens3\\       valid_lft forever preferred_lft forever
inet4|4: docker0    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\\       valid_lft forever preferred_lft forever
inet6|00000000000000000000000000000001 01 80 10 80       lo
inet6|20010db8000000020000000000000002 02 40 00 82     ens3
inet6|fe8000000000000000427efffec8b8b5 03 40 20 80 br-59640283e2b2
inet6|fd7a115ca1e000000000000000000002 05 40 00 80 tailscale0
tcp|0100007F:18EB|0A
tcp|00000000:0016|0A
tcp6|00000000000000000000000000000000:0016|0A
tcp6|00000000000000000000000000000000:7A69|0A
udp|0100007F:0035|07
udp6|00000000000000000000000000000000:A2A9|07
end
`;

const look = `target|1|198.18.0.10|22
tool|1|nmap 7.93|syn|1
known|1|open|syn-ack
canary|1|open
asked|1|65535
listeners|1|known
count|1|filtered|65533
count|1|open|2
open|1|22
open|1|31337
again|1|2375|filtered
again|1|6379|open
end
`;

const options = { family: 'ipv4', protocol: 'tcp', ssh_port: 22 } as const;
const read = (stdout: string, rest: Partial<Answer> = {}, more: object = {}) =>
  outside.read({ ...options, ...more } as never, {
    'outside.aim': answer(aim),
    'outside.tcp4': answer(stdout, rest),
    'outside.tcp6': answer(stdout, rest),
  });

describe('outside_ports', () => {
  it('joins what the sweep and the second look saw', () => {
    expect(read(look)).toMatchObject([{ state: 'value', value: ['22', '6379', '31337'], where: '198.18.0.10' }]);
    expect(read(look)[0]!.note).toBe('nmap 7.93, syn scan');
  });

  it('tells two addresses apart', () => {
    const second = look.replaceAll('|1|', '|2|').replace('198.18.0.10', '198.18.0.11').replace('open|2|31337\n', '');
    const both = read(
      look.replace('end\n', '') + second.replace('count|2|open|2', 'count|2|open|1').replace('65533', '65534'),
    );
    expect(both).toMatchObject([{ value: ['22', '6379', '31337'] }, { where: '198.18.0.11', value: ['22', '6379'] }]);
  });

  it('does not print sixty thousand ports', () => {
    const many = Array.from({ length: 60_000 }, (_, at) => `open|1|${at + 1}\n`).join('');
    const [seen] = read(look.replace('open|1|22\nopen|1|31337\n', many));
    expect(seen).toMatchObject({ state: 'value' });
    expect((seen as { value: string[] }).value.at(-1)).toBe('and 59960 more');
  });

  it.each([
    ['known|1|open', 'known|1|closed', 'over which this audit came in, is closed'],
    ['known|1|open|syn-ack', 'known|1|filtered|admin-prohibited', 'banned'],
    ['canary|1|open', 'canary|1|closed', 'did not answer any more'],
    ['canary|1|open', 'canary|1|none', 'not answer any more'],
    ['65533', '65532', 'accounts for 65534 ports'],
    ['open|1|31337\n', '', 'counts 2 open ports and names 1'],
    ['again|1|2375|filtered', 'again|1|2375|EMFILE', 'second look'],
    ['end\n', 'warned|1|giving up on port\nend\n', 'giving up'],
  ])('%s → %s: what is open is told, and that it is not all', (from, to, words) => {
    const seen = read(look.replace(from, to));
    expect(seen[0]).toMatchObject({ state: 'value' });
    expect(seen[1]).toMatchObject({ state: 'unknown', message: expect.stringContaining(words) });
  });

  it('says why there was no look', () => {
    expect(read('', { outcome: 'no-vantage', code: null, stderr: 'it is this machine itself' })).toMatchObject([
      { state: 'unknown', code: 'no-vantage', message: expect.stringContaining('it is this machine itself') },
    ]);
    expect(read('', {}, { outside: 'none' })).toMatchObject([{ state: 'skipped' }]);
    expect(outside.probes({ ...options, outside: 'none' } as never)).toEqual([]);
  });

  it('takes no address for a pass only when the host proves that it has none, and never for IPv4', () => {
    expect(read('end\n')).toMatchObject([{ state: 'unknown', code: 'no-vantage' }]);
    expect(read('end\n', {}, { family: 'ipv6' })).toMatchObject([{ state: 'unknown' }]);
    const without = aim.replace(/inet6\|2001.*\n/, '');
    const seen = outside.read({ ...options, family: 'ipv6' } as never, {
      'outside.aim': answer(without),
      'outside.tcp6': answer('end\n'),
    });
    expect(seen).toMatchObject([{ state: 'skipped', message: 'the host has no public IPv6 address' }]);
  });

  it('never vouches for an answer that is cut, or that lost a line', () => {
    const lines = look.trimEnd().split('\n');
    const proves = (text: string) => read(text).every((each) => each.state === 'value');
    expect(proves(look)).toBe(true);
    fc.assert(fc.property(fc.integer({ min: 0, max: look.length - 1 }), (at) => !proves(look.slice(0, at))));
    for (const line of lines.filter((each) => !/^(again|listeners)/.test(each))) {
      expect(proves(look.replace(`${line}\n`, '')), line).toBe(false);
    }
  });
});

describe('what the host says about itself', () => {
  const of = (text: string, family: 'ipv4' | 'ipv6', protocol: 'tcp' | 'udp') =>
    aimOf({ 'outside.aim': answer(text) }, { family, protocol });

  it('are its public addresses and what listens beyond loopback', () => {
    expect(of(aim, 'ipv4', 'tcp')).toEqual({ addresses: ['198.18.0.10'], ports: [22, 31_337] });
    expect(of(aim, 'ipv6', 'udp')).toEqual({ addresses: ['2001:db8:0:2::2'], ports: [41_641] });
  });

  it.each([
    ['20010db8000000000000000000000000', '2001:db8::'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000010002000300040005', '2001:db8:0:1:2:3:4:5'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['2a0204100000000000000000000a0b00', '2a02:410::a:b00'],
  ])('%s is %s', (hex, address) => {
    expect(of(`inet6|${hex} 02 40 00 80 ens3\nend\n`, 'ipv6', 'tcp')?.addresses).toEqual([address]);
  });

  it('is nothing when a line is odd, or the end is missing', () => {
    expect(of(aim.replace('18EB', '18E'), 'ipv4', 'tcp')).toBeNull();
    expect(of(aim.replace('inet6|2001', 'inet6|x'), 'ipv6', 'tcp')).toBeNull();
    expect(of(aim.replace('end\n', ''), 'ipv4', 'tcp')).toBeNull();
  });

  it('is no address that is still tentative, or a duplicate', () => {
    for (const flags of ['40', 'c8', '08']) {
      expect(of(aim.replace('00 82', `00 ${flags}`), 'ipv6', 'tcp')?.addresses).toEqual([]);
    }
  });
});
