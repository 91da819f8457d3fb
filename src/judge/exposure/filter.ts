import { stops, walk, type Exit, type Table } from '../../netfilter/index.ts';
import type { Exposure } from '../../model/report.ts';
import type { Filter, Incoming, Passage } from './reach.ts';

type Family = Exposure['family'];

/** What is known of the host's packet filter; null: that part is not. */
export interface Rules {
  /** `alone`: there are no other rules beside these that could stop what they let through. */
  filter: Record<Family, { table: Table; alone: boolean } | null>;
  /** Interfaces that face the internet and have an address of the family. */
  external: Record<Family, string[]> | null;
  /** The bridge of each of Docker's networks, by its name. */
  bridges: ReadonlyMap<string, string> | null;
}

const unknown: Passage = { passes: null, by: null };

/** What it does with a new packet from the internet, whichever way that comes in. */
export function filterOf({ filter, external, bridges }: Rules): Filter {
  return (packet) => {
    const [rules, ways] = [filter[packet.family], external?.[packet.family]];
    // Without any address at all of either family it was not understood where the host's ways in are.
    if (!external || !ways || external.ipv4.length + external.ipv6.length === 0) return unknown;
    if (ways.length === 0) return { passes: false, by: `no ${packet.family === 'ipv4' ? 'IPv4' : 'IPv6'} address` };
    if (!rules) return unknown;
    const passage = join(ways.flatMap((device) => throughOf(rules.table, packet, device, bridges)));
    return passage.passes && !rules.alone ? unknown : passage;
  };
}

function throughOf(
  table: Table,
  { hook, proto, port: dport, to }: Incoming,
  device: string,
  bridges: Rules['bridges'],
): Passage[] {
  const plain = { in: device, proto, dport };
  if (!to) return [passageOf(walk(table, hook, plain))];
  const outs = to.networks.map((name) => bridges?.get(name));
  // Which of its networks the packet takes is not known, so all of them count; without a name any bridge may be meant.
  return outs.map((out) => passageOf(walk(table, hook, { ...plain, dst: to.address, ...(out && { out }) })));
}

/** One way in is enough; all must be stopped for a "no". */
function join(passages: Passage[]): Passage {
  const open = passages.find(({ passes }) => passes === true);
  if (open) return open;
  return passages.find(({ passes }) => passes === null) ?? passages[0] ?? unknown;
}

/**
 * Stopped when nothing but stops is among the exits; let through when what remains for an ordinary packet is an ACCEPT. Where
 * it depends on something else, such as the sender's address, it is not known.
 */
function passageOf(exits: Exit[]): Passage {
  const last = exits.at(-1);
  if (!last) return unknown;
  if (exits.every(({ verdict }) => stops.has(verdict)))
    return { passes: false, by: last.rule ? last.chain : `policy of ${last.chain}` };
  const ordinary = exits.filter((exit) => !(stops.has(exit.verdict) && isOdd(exit)));
  return ordinary.every(({ verdict }) => verdict === 'ACCEPT') ? { passes: true, by: null } : unknown;
}

/** Stops for what no ordinary packet is: not meant for this host, with a routing header of type 0, from a banned address. */
function isOdd({ chain, rule }: Exit): boolean {
  return /^(ufw6?-not-local|f2b-)/.test(chain) || (rule?.tests.some(({ option }) => option === '--rt-type') ?? false);
}
