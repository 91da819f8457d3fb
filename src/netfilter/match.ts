import { BlockList, isIPv6 } from 'node:net';
import type { Rule, Test } from './rule.ts';
import { asksForState } from './untracked.ts';

/** A class of packets. What is left out may be anything, but the state. */
export interface Packet {
  /** The interface it comes in by. */
  in?: string;
  /** The one it leaves by; not known before it was routed. */
  out?: string;
  proto?: 'tcp' | 'udp' | 'icmp';
  dport?: number;
  /** Of its connection; NEW when left out. */
  state?: 'NEW' | 'ESTABLISHED' | 'RELATED' | 'UNTRACKED';
  src?: string;
  dst?: string;
}

export type Matches = 'yes' | 'no' | 'maybe';

/** Whether a rule takes the packet: 'maybe' where it depends on what the class leaves open, or on what is not modelled. */
export function matches(rule: Rule, packet: Packet): Matches {
  const answers = new Set(rule.tests.map((test) => answer(test, rule, packet)));
  if (answers.has('no')) return 'no';
  return answers.has('maybe') ? 'maybe' : 'yes';
}

function answer(test: Test, rule: Rule, packet: Packet): Matches {
  const said = signed(test, rule, packet);
  const begins = packet.state === undefined || packet.state === 'NEW';
  if (!begins || !asksForState(test) || (said === 'yes' && !test.untracked)) return said;
  // Where the table raw exempts it from tracking, what begins a connection is UNTRACKED instead.
  return signed(test, rule, { ...packet, state: 'UNTRACKED' }) === said ? said : 'maybe';
}

function signed(test: Test, rule: Rule, packet: Packet): Matches {
  const plain = plainly(test, rule, packet);
  if (!test.negated || plain === 'maybe') return plain;
  return plain === 'yes' ? 'no' : 'yes';
}

function plainly({ option, values }: Test, rule: Rule, packet: Packet): Matches {
  const [value = ''] = values;
  if (values.length > 1) return 'maybe';
  switch (option) {
    case '-i':
      return sameInterface(value, packet.in);
    case '-o':
      return sameInterface(value, packet.out);
    case '-p':
      return sameProtocol(value, packet.proto);
    case '-s':
      return inNetwork(value, packet.src);
    case '-d':
      return inNetwork(value, packet.dst);
    case '--dport':
    case '--dports':
      return onPort(value, packet.dport);
    case '--ctstate':
    case '--state':
      return inState(value, packet.state ?? 'NEW');
    case '--comment':
      return 'yes';
    case '-m':
      return readByOptions.has(value) && hasOptionsOf(value, rule) ? 'yes' : 'maybe';
    default:
      return 'maybe';
  }
}

/** Modules that test nothing but what their options say, and those options are looked at one by one. */
const readByOptions = new Set(['tcp', 'udp', 'icmp', 'comment', 'conntrack', 'state', 'multiport']);

/** `-m tcp` alone is no more than `-p tcp`; `-m conntrack` alone is not known to mean anything. */
function hasOptionsOf(module: string, { tests }: Rule): boolean {
  return (
    module === 'tcp' || module === 'udp' || module === 'icmp' || tests.some((test) => test.option.startsWith('--'))
  );
}

/** iptables(8): a name that ends in "+" means any interface that begins so. */
function sameInterface(pattern: string, name: string | undefined): Matches {
  if (name === undefined) return pattern === '+' ? 'yes' : 'maybe';
  const same = pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  return same ? 'yes' : 'no';
}

const numbers: Record<string, string> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmp',
  'ipv6-icmp': 'icmp',
  icmpv6: 'icmp',
};

function sameProtocol(value: string, proto: Packet['proto']): Matches {
  if (value === 'all' || value === '0') return 'yes';
  if (proto === undefined) return 'maybe';
  return (numbers[value] ?? value) === proto ? 'yes' : 'no';
}

/** `22`, `80,443`, `8000:8100`, `:1023`, `1024:`. */
function onPort(value: string, port: number | undefined): Matches {
  if (port === undefined) return 'maybe';
  const ranges = value.split(',').map((part) => /^(\d*)(?:(:)(\d*))?$/.exec(part));
  if (ranges.some((range) => !range || range[0] === '')) return 'maybe';
  const inside = ranges.some((range) => {
    const [, from = '', colon, to = ''] = range!;
    return colon ? port >= Number(from || 0) && port <= Number(to || 65535) : port === Number(from);
  });
  return inside ? 'yes' : 'no';
}

/** What a packet can only be instead. DNAT and SNAT it may be as well, and an abbreviation may mean anything. */
const others = new Set(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED']);

function inState(value: string, state: string): Matches {
  const states = value.toUpperCase().split(',');
  if (states.includes(state)) return 'yes';
  return states.some((each) => !others.has(each)) ? 'maybe' : 'no';
}

function inNetwork(value: string, address: string | undefined): Matches {
  const [network = '', bits] = value.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (bits === '0') return 'yes';
  if (address === undefined || !/^[0-9a-fA-F.:]+$/.test(network) || (bits !== undefined && !/^\d+$/.test(bits)))
    return 'maybe';
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ? 'yes' : 'no';
}
