import type { Rule, Table } from '../../netfilter/index.ts';
import { isStock } from './stock.ts';

/** The packet filter of one family, live or as it would be loaded, ready to be walked. */
export interface Ruleset {
  family: 4 | 6;
  filter: Table;
  /** Tables that may send a packet for one port to another. */
  nat: Table[];
  /** A rule by which others than packets from the tailnet may get its mark. */
  marked: Rule | null;
  /** Names a rule for people: its file and line, or itself. */
  where: (rule: Rule) => string | undefined;
}

/** How UFW's chains of this family begin. */
export function prefixOf({ family }: Pick<Ruleset, 'family'>): string {
  return family === 4 ? 'ufw' : 'ufw6';
}

/** Changes the rules of each chain; null leaves one out. */
export function withRules(table: Table, change: (rule: Rule) => Rule | null): Table {
  const chains = [...table.chains].map(([name, rules]) => {
    const changed = rules.map(change).filter((rule) => rule !== null);
    return [name, changed] as const;
  });
  return { policies: table.policies, chains: new Map(chains) };
}

/** Without UFW's own rules for DHCP and multicast. */
export function forWalk(table: Table): Table {
  return withRules(table, (rule) => (isStock(rule.text) ? null : rule));
}

/** For a packet to an address of the host, which is what a service sees: UFW asks for that in ufw-not-local. */
export function toHost(table: Table): Table {
  return withRules(table, (rule) => {
    const type = rule.tests.find((test) => test.option === '--dst-type');
    const others = rule.tests.filter((test) => test !== type && test.values[0] !== 'addrtype');
    if (!type || rule.tests.length - others.length !== 2) return rule;
    const isLocal = type.values.join() === 'LOCAL';
    if (!isLocal && !['MULTICAST', 'BROADCAST'].includes(type.values.join())) return rule;
    return isLocal !== type.negated ? { ...rule, tests: others } : null;
  });
}
