import { walk, type Exit, type Packet, type Rule, type Table } from '../../netfilter/index.ts';
import { packetClasses } from './packets.ts';
import type { Range } from './ports.ts';
import type { Ruleset } from './rulesets.ts';

/** Something that gets in from outside, and the first way by which it may. */
export interface Opening {
  protocol: string;
  ports: Range | null;
  exit: Exit;
  /** The rule that sends it to another port first. */
  redirect: Rule | null;
}

/** Whether an address is surely none of the host's own. */
export type Beyond = (address: string) => boolean;

/** All that may get past INPUT, coming in by the interface: every port, every protocol. `beyond` tells addresses that are surely not the host's. */
export function openings({ filter, nat }: Ruleset, from: string, beyond: Beyond): Opening[] {
  const found = packetClasses([filter, ...nat], from).flatMap(({ protocol, ports, packet }) => {
    for (const { arriving, redirect } of arrivals(nat, packet, beyond)) {
      const exit = entry(walk(filter, 'INPUT', arriving));
      if (exit) return [{ protocol, ports, exit, redirect }];
    }
    return [];
  });
  return found.reduce(join, []);
}

/** The first way in: anything but a drop, a rejection, or the way back to a caller. */
export function entry(exits: Exit[]): Exit | null {
  return exits.find((exit) => !['DROP', 'REJECT', 'RETURN'].includes(exit.verdict)) ?? null;
}

interface Arrival {
  arriving: Packet;
  redirect: Rule | null;
}

/** The packet itself, and what rules of the table nat may make of it before INPUT sees it. */
function arrivals(nat: Table[], packet: Packet, beyond: Beyond): Arrival[] {
  const rules = nat.flatMap((table) => walk(table, 'PREROUTING', packet)).flatMap(({ rule }) => rule ?? []);
  const rewritten = rules.flatMap((redirect) => {
    const ports = newPort(redirect, beyond);
    if (ports === 'elsewhere') return [];
    const { dport, ...portless } = packet;
    const arriving = { ...portless, ...(ports === 'same' ? { dport } : ports !== 'several' && { dport: ports }) };
    return [{ arriving: arriving as Packet, redirect }];
  });
  return [{ arriving: packet, redirect: null }, ...rewritten];
}

/** The port of the host that a rule sends packets to; of several, the walk then tries any. */
function newPort(rule: Rule, beyond: Beyond): number | 'same' | 'several' | 'elsewhere' {
  if (rule.target === 'REDIRECT') return portIn(after(rule, '--to-ports'));
  if (rule.target !== 'DNAT') return 'elsewhere';
  const { address, port } = destination(after(rule, '--to-destination'));
  return beyond(address) ? 'elsewhere' : portIn(port);
}

function after({ targetWords }: Rule, option: string): string {
  const at = targetWords.indexOf(option);
  return at < 0 ? '' : (targetWords[at + 1] ?? '');
}

/** `10.0.0.1:80`, `:80`, `[fd00::1]:80`, `fd00::1`. */
function destination(text: string): { address: string; port: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { address: bracketed[1]!, port: bracketed[2] ?? '' };
  const [address = '', port = '', ...more] = text.split(':');
  return more.length ? { address: text, port: '' } : { address, port };
}

function portIn(text: string): number | 'same' | 'several' {
  if (text === '') return 'same';
  return /^\d+$/.test(text) ? Number(text) : 'several';
}

/** Neighbours that get in by one rule are one opening. */
function join(all: Opening[], next: Opening): Opening[] {
  const last = all.at(-1);
  const same = last?.ports && next.ports && last.protocol === next.protocol && last.ports.to + 1 === next.ports.from;
  if (!same || last.exit.rule !== next.exit.rule || last.redirect !== next.redirect) return [...all, next];
  return [...all.slice(0, -1), { ...last, ports: { from: last.ports!.from, to: next.ports!.to } }];
}
