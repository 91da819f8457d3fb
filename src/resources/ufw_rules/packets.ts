import type { Packet, Rule, Table } from '../../netfilter/index.ts';
import { portClasses, type Range } from './ports.ts';

/** Packets that these rules cannot tell apart. */
export interface PacketClass {
  protocol: string;
  /** Null for protocols without ports. */
  ports: Range | null;
  packet: Packet;
}

/** Not assigned to anything (IANA, protocol numbers: 253 is for experiments), so it stands for what no rule names. */
const unnamed = '253';
const ping = new Set(['icmp', 'icmpv6', 'ipv6-icmp', '1', '58']);
const withPorts = new Set(['tcp', 'udp', '6', '17', 'all', '0']);

/** Every first packet that may come in by the interface, as few classes as the rules of these tables can tell apart; without ICMP. */
export function packetClasses(tables: Table[], from: string): PacketClass[] {
  const rules = tables.flatMap((table) => [...table.chains.values()].flat());
  const ports = portClasses(rules.map((rule) => rule.text));
  const ported = ['tcp', 'udp'].flatMap((protocol) =>
    ports.map((range) => ({ protocol, ports: range, packet: packetOf(protocol, from, range.from) })),
  );
  const others = [...new Set([...rules.flatMap(protocolsOf), unnamed])].map((protocol) => ({
    protocol: protocol === unnamed ? 'any other' : protocol,
    ports: null,
    packet: packetOf(protocol, from),
  }));
  return [...ported, ...others];
}

/** A packet that no rule names: what is done to it is the default. */
export function unnamedPackets(from: string): Packet[] {
  return [packetOf('tcp', from, 0), packetOf('udp', from, 0), packetOf(unnamed, from)];
}

function protocolsOf({ tests }: Rule): string[] {
  const named = tests.filter((test) => test.option === '-p').flatMap((test) => test.values);
  return named.filter((name) => !ping.has(name) && !withPorts.has(name));
}

/** The walk compares names of protocols as they are written, so one that it has no name for works as well. */
function packetOf(protocol: string, from: string, dport?: number): Packet {
  return { in: from, proto: protocol as Packet['proto'], ...(dport !== undefined && { dport }) };
}
