import { matches, type Packet } from './match.ts';
import type { Table } from './parse.ts';
import type { Rule } from './rule.ts';

/** Where a verdict comes from: a rule, or, without one, the policy of a base chain or the end of any other. */
export interface Exit {
  /** ACCEPT, DROP, REJECT, DNAT, …; RETURN where the chain that was walked hands the packet back; UNKNOWN where a target is not known. */
  verdict: string;
  chain: string;
  rule: Rule | null;
}

/**
 * Every way that a packet of this class can leave a chain, in the order of the rules. A rule that only may match goes on
 * as well; only one that is sure to match ends the walk. So a verdict that is not among the exits cannot happen, and one that is
 * alone is certain.
 */
export function walk(table: Table, chain: string, packet: Packet): Exit[] {
  const { exits, returns } = new Walk(table, packet).through(chain);
  const policy = table.policies.get(chain) ?? null;
  const last = returns.map((exit) => (policy === null ? exit : { verdict: policy, chain, rule: null }));
  return [...exits, ...(policy === null ? last : last.slice(0, 1))];
}

/** The first way by which the packet gets past a chain that ought to stop it: any exit but a drop or a rejection. */
export function hole(exits: Exit[]): Exit | null {
  return exits.find((exit) => !stops.has(exit.verdict)) ?? null;
}

/** Verdicts after which the packet is gone. */
export const stops: ReadonlySet<string> = new Set(['DROP', 'REJECT']);

/** Targets that end the walk (iptables-extensions(8)). */
const final = new Set([
  'ACCEPT',
  'DROP',
  'REJECT',
  'QUEUE',
  'NFQUEUE',
  'DNAT',
  'SNAT',
  'MASQUERADE',
  'REDIRECT',
  'NETMAP',
  'TPROXY',
  'TARPIT',
]);

/** Targets after which the next rule is looked at. */
const passing = new Set(
  'AUDIT CHECKSUM CLASSIFY CONNMARK CONNSECMARK CT DSCP ECN HL IDLETIMER LED LOG MARK NFLOG NOTRACK RATEEST SECMARK SET TCPMSS TCPOPTSTRIP TEE TOS TRACE TTL ULOG'.split(
    ' ',
  ),
);

interface Passage {
  exits: Exit[];
  /** Each way back to the caller; empty when there is none. */
  returns: Exit[];
}

/** A chain does the same to a packet whoever calls it, so each is walked once. */
class Walk {
  readonly #known = new Map<string, Passage>();
  readonly #open = new Set<string>();
  readonly #table: Table;
  readonly #packet: Packet;

  constructor(table: Table, packet: Packet) {
    this.#table = table;
    this.#packet = packet;
  }

  through(chain: string): Passage {
    const known = this.#known.get(chain);
    if (known) return known;
    const rules = this.#table.chains.get(chain);
    // The kernel takes no loop and no jump to nowhere: whatever this is, it is not understood.
    if (!rules || this.#open.has(chain)) return { exits: [{ verdict: 'UNKNOWN', chain, rule: null }], returns: [] };
    this.#open.add(chain);
    const passage = this.#rules(chain, rules);
    this.#open.delete(chain);
    this.#known.set(chain, passage);
    return passage;
  }

  #rules(chain: string, rules: readonly Rule[]): Passage {
    const passage: Passage = { exits: [], returns: [] };
    for (const rule of rules) {
      const match = matches(rule, this.#packet);
      const goesOn = match === 'no' || this.#take(rule, passage) || match === 'maybe';
      if (!goesOn) return passage;
    }
    passage.returns.push({ verdict: 'RETURN', chain, rule: null });
    return passage;
  }

  /** Adds what the rule does; true when the packet may come to the next rule even though this one matched. */
  #take(rule: Rule, passage: Passage): boolean {
    const { target, chain } = rule;
    if (target === null || passing.has(target)) return true;
    const exit = { verdict: target, chain, rule };
    if (target === 'RETURN') passage.returns.push(exit);
    else if (final.has(target)) passage.exits.push(exit);
    else if (!this.#table.chains.has(target)) passage.exits.push({ ...exit, verdict: 'UNKNOWN' });
    else return this.#call(rule, target, passage);
    return !final.has(target) && target !== 'RETURN';
  }

  #call(rule: Rule, chain: string, passage: Passage): boolean {
    const called = this.through(chain);
    passage.exits.push(...called.exits);
    if (!rule.goto) return called.returns.length > 0;
    passage.returns.push(...called.returns);
    return false;
  }
}
