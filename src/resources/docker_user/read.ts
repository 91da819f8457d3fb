import { matches, stops, walk, type Exit, type Rule, type Table } from '../../netfilter/index.ts';
import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseInfo } from '../docker/info.ts';
import { infoProbe } from '../docker/probes.ts';
import { externalOf, noneExternal, readInterfaces, type Interfaces } from '../interfaces/parse.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { filterTable, readPacketFilter, type PacketFilter } from '../iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import type { Answers } from '../resource.ts';
import { isOfTailnet, marksOthers } from '../tailnet.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';

export interface DockerUserOptions {
  family?: 'ipv4' | 'ipv6';
  external?: string[];
}

const name = 'DOCKER-USER';
const labels: Record<string, string> = {
  engine_uses_iptables: 'the Docker engine',
  hooked: name,
  named_interfaces: `what ${name} drops by name`,
  named_exist: name,
  one_backend: 'the packet filter',
};

/** Reads the chain out of the live rules, with the host's interfaces and what the engine says of itself beside it. */
export function readDockerUser({ family, external = [] }: DockerUserOptions, answers: Answers): Observation[] {
  const probe = (family === 'ipv6' ? ip6tablesProbe : iptablesProbe).name;
  const label = (fact: string) => labels[fact]! + (family === 'ipv6' ? ' (IPv6)' : '');
  const rules = readPacketFilter(answers, probe);
  if (!rules.ok) return unknownFacts(Object.keys(labels), label, probe, rules);
  const interfaces = readInterfaces(answers);
  const table = filterTable(rules);
  return [
    ...observe(probe, label, { engine_uses_iptables: usesIptables(table, answers), one_backend: oneBackend(rules) }),
    ...observe(
      probe,
      label,
      withInterfaces(table, marksOthers([...rules.tables.values(), ...rules.legacy.values()]), interfaces, external),
    ),
  ];
}

/** Engines before 28.1 do not say which backend they have; they know only iptables, and may have been told to leave it alone. */
function usesIptables(table: Table, answers: Answers): Told {
  const info = parseInfo(answers);
  if (!info.ok) return unknown(info.message, info.code);
  if (!info.engine) return unknown(`${infoProbe.name}: the daemon does not answer: ${info.silent}`, 'unreachable');
  const { firewall } = info.engine;
  if (firewall !== null && !firewall.startsWith('iptables')) return value(false, `its firewall backend is ${firewall}`);
  const missing = [name, 'DOCKER'].find((chain) => !table.chains.has(chain));
  return missing ? value(false, `there is no chain ${missing}`) : value(true);
}

function oneBackend({ backend, legacy, beside }: PacketFilter): Told {
  const rules = [...legacy.values()].flatMap((table) => [...table.chains.values()].flat());
  const policies = [...legacy.values()].flatMap((table) => [...table.policies.values()]);
  if (rules[0]) return value(false, `the legacy tables hold ${rules.length} rules, as ${rules[0].text}`);
  if (policies.some((policy) => policy !== null && policy !== 'ACCEPT'))
    return value(false, 'a policy of the legacy tables is not ACCEPT');
  // A table of nft's own may drop more than iptables does, which opens nothing; it may also send packets elsewhere.
  const other = beside.find(({ type }) => backend === 'legacy' || type === 'nat');
  if (other)
    return value(false, `nft has the table ${other.table}, with a chain of type ${other.type} at ${other.hook}`);
  return value(true);
}

function withInterfaces(
  table: Table,
  marked: Rule | null,
  interfaces: Interfaces,
  external: string[],
): Record<string, Told> {
  const rules = table.chains.get(name);
  if (!rules) {
    const none = absent(`there is no chain ${name}`);
    return { hooked: none, named_interfaces: none, named_exist: none };
  }
  const named = namedBy(rules);
  if (!interfaces.ok) {
    const why = unknown(`${interfacesProbe.name}: ${interfaces.message}`, interfaces.code);
    return { hooked: why, named_interfaces: value(named), named_exist: why };
  }
  const unreal = named.filter((pattern) => !interfaces.interfaces.some((each) => fits(pattern, each.name)));
  return {
    hooked: hookedFor(table, externalOf(interfaces.interfaces, external), marked),
    named_interfaces: value(named),
    named_exist: named.length === 0 ? absent('no rule drops by name') : value(unreal.length === 0, unreal.join(', ')),
  };
}

/** Of all that comes in by these interfaces, nothing may be accepted before the first jump that takes everything. */
function hookedFor(table: Table, external: string[], marked: Rule | null): Told {
  if (external.length === 0) return noneExternal;
  const rules = table.chains.get('FORWARD') ?? [];
  const hook = rules.findIndex((rule) => isHook(rule, external));
  if (hook < 0) {
    const partly = rules.find((rule) => rule.target === name);
    return value(false, partly ? `only by ${partly.text}` : 'FORWARD does not jump to it');
  }
  const before: Table = { policies: new Map(), chains: new Map([...table.chains, ['FORWARD', rules.slice(0, hook)]]) };
  const early = external
    .flatMap((each) => walk(before, 'FORWARD', { in: each }))
    .find((exit) => !isHarmless(exit, table.policies.get('FORWARD') ?? null, marked));
  return early
    ? value(false, `before it comes ${early.rule?.text ?? `the end of ${early.chain}, by a goto`}`)
    : value(true);
}

function isHook(rule: Rule, external: string[]): boolean {
  return rule.target === name && !rule.goto && external.every((each) => matches(rule, { in: each }) === 'yes');
}

/** A RETURN in FORWARD itself, or the end of a chain by a goto, leaves it to the policy; at the end of these rules comes the hook. What the tailnet's mark lets through is no packet from outside, unless others get it too. */
function isHarmless({ verdict, rule, chain }: Exit, policy: string | null, marked: Rule | null): boolean {
  if (verdict === 'RETURN') return policy === 'DROP' || (rule === null && chain === 'FORWARD');
  return stops.has(verdict) || (rule !== null && marked === null && isOfTailnet(rule));
}

function namedBy(rules: readonly Rule[]): string[] {
  const dropping = rules.filter(({ target }) => target !== null && stops.has(target));
  const tests = dropping.flatMap((rule) => rule.tests.filter((test) => test.option === '-i' && !test.negated));
  return [...new Set(tests.map((test) => test.values[0]!))];
}

function fits(pattern: string, device: string): boolean {
  return pattern.endsWith('+') ? device.startsWith(pattern.slice(0, -1)) : device === pattern;
}
