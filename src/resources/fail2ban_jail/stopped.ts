import { hole, walk, type Packet, type Table } from '../../netfilter/index.ts';
import type { Action, Jail } from '../fail2ban/server.ts';
import { externalOf, readInterfaces } from '../interfaces/parse.ts';
import { filterTable, readPacketFilter } from '../iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { words } from '../iptables/walked.ts';
import type { Answers } from '../resource.ts';
import { unknown, value, type Told } from '../said.ts';
import { stoppedByNft } from './stopped-nft.ts';

/** Null: every address that is banned, of those looked at, cannot reach the port. Otherwise what is wrong, or not known. */
export function notStopped(jail: Jail, { tools }: Action, port: number, answers: Answers): Told | null {
  const addresses = Object.keys(jail.enforced);
  const lost = addresses.filter((address) => !jail.enforced[address]);
  if (lost.length) return value(false, `${lost.join(', ')} is banned, but not in the packet filter`);
  const told = addresses.map((address) =>
    'nft' in tools ? throughNft(jail, address, port) : throughTables(address, port, answers),
  );
  return told.find((each) => each?.state === 'value') ?? told.find((each) => each !== null) ?? null;
}

function throughNft({ nft }: Jail, address: string, port: number): Told | null {
  if (!nft) return unknown('the rules that nft has for banned addresses were not told');
  if (stoppedByNft(nft, address, port)) return null;
  return value(false, `${address} is banned, but no rule of nft at input stops it before port ${port}`);
}

function throughTables(address: string, port: number, answers: Answers): Told | null {
  const { name } = address.includes(':') ? ip6tablesProbe : iptablesProbe;
  const rules = readPacketFilter(answers, name);
  if (!rules.ok) return unknown(rules.message, rules.code);
  const interfaces = readInterfaces(answers);
  if (!interfaces.ok) return unknown(interfaces.message, interfaces.code);
  const outside = externalOf(interfaces.interfaces, []);
  if (outside.length === 0) return unknown('no interface of the host faces the internet');
  const sent = outside.map((each): Packet => ({ in: each, proto: 'tcp', dport: port, src: address }));
  return sent.map((packet) => walked(filterTable(rules), packet, address)).find((each) => each !== null) ?? null;
}

function walked(table: Table, packet: Packet, address: string): Told | null {
  const exits = walk(table, 'INPUT', packet);
  const way = hole(exits);
  if (!way) return null;
  const how = `${address} is banned, but gets in ${words(way)}`;
  const named = (text: string | undefined) => text?.includes(` -s ${address}/`);
  // A rule that only may match stands before the one that stops it; or the ban is younger than these rules.
  if (exits.some(({ rule }) => named(rule?.text))) return unknown(`${how}, perhaps`);
  return isIn(table, address) ? value(false, how) : unknown(`${address} was banned while the rules were read`);
}

function isIn({ chains }: Table, address: string): boolean {
  return [...chains.values()].some((rules) => rules.some(({ text }) => text.includes(` -s ${address}/`)));
}
