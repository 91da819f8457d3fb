import { Type, type Static } from '@sinclair/typebox';
import { hole, stops, walk, type Exit, type Packet } from '../../netfilter/index.ts';
import type { Observation } from '../../model/observation.ts';
import type { HostProbe } from '../../model/probe.ts';
import { unknownFacts } from '../answer.ts';
import { externalOf, noneExternal, readInterfaces } from '../interfaces/parse.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { defineResource, type Answers, type Resource } from '../resource.ts';
import { absent, observe, value, type Told } from '../said.ts';
import { filterTable, readPacketFilter } from './parse.ts';

const select = Type.Object({
  chain: Type.String({ pattern: '^[A-Za-z0-9_.-]+$', description: 'The chain of the table filter that is walked' }),
  packet: Type.Object(
    {
      in: Type.String({ description: 'The interface it comes in by; external: each one that faces the internet' }),
      state: Type.Optional(
        Type.Union([Type.Literal('NEW'), Type.Literal('ESTABLISHED'), Type.Literal('RELATED')], {
          description: 'Of its connection; NEW unless said',
        }),
      ),
      proto: Type.Optional(Type.Union([Type.Literal('tcp'), Type.Literal('udp')])),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, description: 'Where to' })),
    },
    {
      additionalProperties: false,
      description: 'What is sent through the chain; what it does not say may be anything',
    },
  ),
  external: Type.Optional(Type.Array(Type.String(), { description: 'Those that face the internet; found when empty' })),
});

const facts = {
  verdict: {
    kind: 'text',
    values: ['blocked', 'accepted', 'passed on', 'depends'],
    description:
      'blocked: dropped or rejected whatever else is true of it; accepted; passed on: back to the chain that called this one; depends: more than one of these',
  },
  can_be_accepted: {
    kind: 'boolean',
    says: ['can be accepted', 'cannot be accepted'],
    description: 'That some such packet is accepted in this chain',
  },
  can_be_dropped: {
    kind: 'boolean',
    says: ['can be dropped', 'cannot be dropped'],
    description: 'That some such packet is dropped or rejected in this chain',
  },
} as const;

/** The resource for the packet filter of one family: a packet is walked through its rules, and what can become of it is told. */
export function packetFilter(type: 'iptables' | 'ip6tables', probe: HostProbe): Resource {
  const family = type === 'iptables' ? 'IPv4' : 'IPv6';
  return defineResource({
    type,
    summary: `The live packet filter for ${family}: what becomes of a packet, by a walk through the rules.`,
    select,
    facts,
    example: '{ chain: DOCKER-USER, packet: { in: external, state: NEW }, verdict: blocked }',
    probes: ({ packet }) => (packet.in === 'external' ? [probe, interfacesProbe] : [probe]),
    read: (options, answers) => read(family, probe.name, options, answers),
  });
}

type Options = Static<typeof select>;

function read(family: string, probe: string, options: Options, answers: Answers): Observation[] {
  const { chain, packet, external = [] } = options;
  const names = Object.keys(facts);
  const label = (from: string) => `${packet.state ?? 'NEW'} ${family} from ${from}${portOf(packet)} in ${chain}`;
  const [rules, seen] = [readPacketFilter(answers, probe), readInterfaces(answers)];
  if (!rules.ok) return unknownFacts(names, () => label(packet.in), probe, rules);
  if (packet.in === 'external' && !seen.ok)
    return unknownFacts(names, () => label(packet.in), interfacesProbe.name, seen);
  const ways = packet.in === 'external' && seen.ok ? externalOf(seen.interfaces, external) : [packet.in];
  if (ways.length === 0) return unknownFacts(names, () => label('outside'), probe, noneExternal);
  const table = filterTable(rules);
  return ways.flatMap((way) => {
    const told = table.chains.has(chain) ? tellOf(walk(table, chain, sentBy(way, packet))) : missing(names, chain);
    return observe(probe, () => label(way), told);
  });
}

function sentBy(way: string, { proto, port, state }: Options['packet']): Packet {
  return { in: way, ...(state && { state }), ...(proto && { proto }), ...(port && { dport: port }) };
}

/** What can become of it, and the rule that is to blame or to thank. */
function tellOf(exits: Exit[]): Record<string, Told> {
  const kinds = new Set(exits.map(({ verdict }) => kindOf(verdict)));
  const verdict = kinds.size === 1 ? [...kinds][0]! : 'depends';
  const accepted = exits.find((exit) => kindOf(exit.verdict) === 'accepted');
  const dropped = exits.find((exit) => kindOf(exit.verdict) === 'blocked');
  return {
    verdict: value(verdict, words(hole(exits) ?? exits[0])),
    can_be_accepted: value(accepted !== undefined, words(accepted)),
    can_be_dropped: value(dropped !== undefined, words(dropped)),
  };
}

function kindOf(verdict: string): string {
  if (stops.has(verdict)) return 'blocked';
  if (verdict === 'RETURN') return 'passed on';
  return verdict === 'ACCEPT' ? 'accepted' : 'depends';
}

/** "by: -A DOCKER-USER -j RETURN". */
export function words(exit: Exit | undefined): string | undefined {
  if (!exit) return undefined;
  if (exit.rule) return `by the rule ${exit.rule.text}`;
  return exit.verdict === 'RETURN' ? `at the end of ${exit.chain}` : `by the policy of ${exit.chain}`;
}

function missing(names: string[], chain: string): Record<string, Told> {
  const none = absent(`there is no chain ${chain}`);
  return Object.fromEntries(names.map((fact) => [fact, none]));
}

function portOf({ proto, port }: { proto?: string; port?: number }): string {
  return port ? ` to ${port}/${proto ?? 'any protocol'}` : '';
}
