import { walk, type Exit, type Packet, type Table } from '../../netfilter/index.ts';
import { unknown, value, type Told } from '../said.ts';
import { isOfTailnet } from '../tailnet.ts';
import { entry, openings, type Beyond, type Opening } from './openings.ts';
import { unnamedPackets } from './packets.ts';
import { showRange } from './ports.ts';
import { prefixOf, toHost, withRules, type Ruleset } from './rulesets.ts';

/** An address on the internet that no rule is likely to name (TEST-NET-3 of RFC 5737, and RFC 3849). */
const someone = { 4: '203.0.113.77', 6: '2001:db8::77' };

/** Whether packets that come in by the interface are put to UFW's own rules for them. */
export function inPath(rules: Ruleset, from: string): Told {
  const chain = `${prefixOf(rules)}-user-input`;
  if (!rules.filter.chains.has(chain)) return value(false, `there is no chain ${chain}`);
  const reached = reaches(toHost(rules.filter), chain, from);
  return value(reached, reached ? undefined : `no packet from ${from} comes to ${chain}`);
}

/** What is done to a packet that no rule names. */
export function incoming(rules: Ruleset, from: string): Told {
  return fallback(rules, rules.filter, 'INPUT', unnamedPackets(from));
}

/** What is done to such a packet on its way out. What is allowed only perhaps is not allowed. */
export function outgoing(rules: Ruleset, by: string): Told {
  const packets = unnamedPackets(by).map(({ in: out, ...packet }) => ({ ...packet, ...(out && { out }) }));
  const ways = packets.map((packet) => walk(rules.filter, 'OUTPUT', packet));
  const refused = ways.map((exits) => exits.at(-1)!).find(({ verdict }) => verdict !== 'ACCEPT');
  if (!refused) return value('allow', nameOf(rules, ways[0]!.at(-1)!));
  if (ways.every((exits) => entry(exits) !== null))
    return unknown(`it depends on more: ${nameOf(rules, refused)}`, 'needs-person');
  return value(refused.verdict === 'REJECT' ? 'reject' : 'deny', nameOf(rules, refused), placeOf(rules, refused));
}

/** The same as for incoming packets for those that only pass, past DOCKER-USER and what Tailscale accepts out of its own network. */
export function routed(rules: Ruleset, from: string): Told {
  const packets = unnamedPackets(from).map((packet) => ({ ...packet, out: from }));
  return fallback(rules, withoutNeighbours(rules), 'FORWARD', packets);
}

/** Whether someone on the internet gets in on a port, as long as no limit or ban is on him. */
export function admits(rules: Ruleset, from: string, protocol: 'tcp' | 'udp', dport: number): Told {
  const filter = toHost(rules.filter);
  const packet = { in: from, proto: protocol, dport };
  const exits = walk(filter, 'INPUT', { ...packet, src: someone[rules.family] });
  const last = exits.at(-1)!;
  if (last.verdict === 'ACCEPT') return value(true, nameOf(rules, last));
  const perhaps = entry(walk(filter, 'INPUT', packet));
  if (!perhaps) return value(false, exits.map((exit) => nameOf(rules, exit)).at(-1));
  return unknown(`it depends on who asks, or on more: ${nameOf(rules, perhaps)}`, 'needs-person');
}

/** Ports or other protocols that get in, one finding each; an empty list where there are none. */
export function letIn(rules: Ruleset, all: Opening[], protocol: 'tcp' | 'udp' | 'other'): Told[] {
  const found = all.filter((each) => (protocol === 'other' ? each.ports === null : each.protocol === protocol));
  if (found.length === 0) return [value([])];
  return found.map((each) => opened(rules, each));
}

/** What is accepted before UFW's first chain is asked; absent when INPUT asks none of them. */
export function ahead(rules: Ruleset, from: string, beyond: Beyond): Told[] {
  const prefix = prefixOf(rules);
  const input = rules.filter.chains.get('INPUT') ?? [];
  const entrances = new Set([`${prefix}-before-logging-input`, `${prefix}-before-input`]);
  const first = input.findIndex(({ target }) => target !== null && entrances.has(target));
  if (first < 0) return [{ state: 'absent', message: `INPUT asks none of UFW's chains (${prefix}-…)` }];
  const filter = {
    policies: new Map([...rules.filter.policies, ['INPUT', 'DROP']]),
    chains: new Map([...rules.filter.chains, ['INPUT', input.slice(0, first)]]),
  };
  const found = openings({ ...rules, filter, nat: [] }, from, beyond).filter((each) => !isTailscales(each));
  return found.length === 0 ? [value([])] : found.map((each) => opened(rules, each, `${each.protocol} `));
}

/** What UFW lets pass through the host, by rule. */
export function forwarded(rules: Ruleset, from: string): Told[] {
  const prefix = prefixOf(rules);
  const own = (rules.filter.chains.get('FORWARD') ?? []).filter(({ target }) => target?.startsWith(`${prefix}-`));
  const filter = {
    policies: new Map([...rules.filter.policies, ['INPUT', 'DROP']]),
    chains: new Map([...rules.filter.chains, ['INPUT', own.map((rule) => ({ ...rule, chain: 'INPUT' }))]]),
  };
  const found = openings({ ...rules, filter, nat: [] }, from, () => false);
  return found.length === 0 ? [value([])] : found.map((each) => opened(rules, each, `${each.protocol} `));
}

/** Whether a packet that is refused is noted. */
export function logs(rules: Ruleset, from: string): Told {
  const chain = `${prefixOf(rules)}-after-logging-input`;
  const noted = (rules.filter.chains.get(chain) ?? []).some(({ target }) => target === 'LOG' || target === 'NFLOG');
  if (!noted) return value(false, `${chain} has no LOG rule`);
  const reached = reaches(toHost(rules.filter), chain, from);
  return value(reached, reached ? undefined : `no packet from ${from} comes to ${chain}`);
}

/** Some packet that no rule names comes from INPUT to the chain. One that is taken away is a jump to nowhere, which the walk names. */
function reaches(table: Table, chain: string, from: string): boolean {
  const chains = new Map([...table.chains].filter(([name]) => name !== chain));
  const exits = unnamedPackets(from).flatMap((packet) => walk({ ...table, chains }, 'INPUT', packet));
  return exits.some((exit) => exit.rule?.target === chain);
}

function fallback(rules: Ruleset, table: Table, chain: string, packets: Packet[]): Told {
  const ways = packets.map((packet) => walk(table, chain, packet));
  const through = ways.map(entry).find((exit) => exit !== null);
  const last = ways[0]!.at(-1)!;
  if (!through) return value(last.verdict === 'REJECT' ? 'reject' : 'deny', nameOf(rules, last));
  if (through.verdict === 'UNKNOWN') return unknown(`nobody knows what ${nameOf(rules, through)} does`);
  return value('allow', nameOf(rules, through), placeOf(rules, through));
}

function opened(rules: Ruleset, { protocol, ports, exit, redirect }: Opening, before = ''): Told {
  const by = redirect ? `redirected by ${redirect.text}, let in by ${nameOf(rules, exit)}` : nameOf(rules, exit);
  if (exit.verdict === 'UNKNOWN') return unknown(`nobody knows what ${by} does`);
  return value([ports ? before + showRange(ports) : protocol], by, placeOf(rules, exit));
}

function nameOf(rules: Ruleset, { rule, chain, verdict }: Exit): string {
  if (!rule) return `policy ${verdict} of ${chain}`;
  const where = rules.where(rule);
  return where ? `${where}: ${rule.text}` : rule.text;
}

function placeOf(rules: Ruleset, { rule }: Exit): string | undefined {
  return rule ? rules.where(rule) : undefined;
}

/** tailscaled opens the port of its own tunnel there; what else the chain accepts comes through the tunnel. */
function isTailscales({ protocol, exit }: Opening): boolean {
  const dport = exit.rule?.tests.find((test) => test.option === '--dport');
  return protocol === 'udp' && exit.chain === 'ts-input' && dport !== undefined && !dport.negated;
}

/** DOCKER-USER is layer 2, with controls of its own. The tailnet's mark says nothing where others may get it. */
function withoutNeighbours({ filter, marked }: Ruleset): Table {
  return withRules(filter, (rule) => {
    const docker = rule.chain === 'FORWARD' && rule.target === 'DOCKER-USER';
    return docker || (marked === null && isOfTailnet(rule)) ? null : rule;
  });
}
