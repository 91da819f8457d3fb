import type { Observation } from '../../model/observation.ts';
import { beyond } from '../interfaces/beyond.ts';
import { externalOf, noneExternal, readInterfaces } from '../interfaces/parse.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, type Told } from '../said.ts';
import { ufwFilesIn, type UfwFiles } from '../ufw/parse.ts';
import { ufwProbe } from '../ufw/probes.ts';
import { isYes } from '../ufw/read.ts';
import { areSettings, settingsOf } from '../ufw/settings.ts';
import { admits, ahead, forwarded, incoming, inPath, letIn, logs, outgoing, routed } from './facts.ts';
import { openings, type Beyond } from './openings.ts';
import { prefixOf, type Ruleset } from './rulesets.ts';
import { liveRules, rulesAtBoot, type Given } from './sources.ts';

export interface Options {
  at: 'live' | 'boot';
  external?: string[];
  family?: 4 | 6;
  port?: number;
  protocol?: 'tcp' | 'udp';
}

const facts = [
  'in_path',
  'incoming',
  'outgoing',
  'routed',
  'tcp',
  'udp',
  'protocols',
  'forwards',
  'ahead',
  'logs',
  'admits',
];

/** Every fact for both families, and for every interface that faces the internet. */
export function readRules(options: Options, answers: Answers): Observation[] {
  const seen = readInterfaces(answers);
  const external = seen.ok ? externalOf(seen.interfaces, options.external ?? []) : [];
  const others = beyond(seen.ok ? seen.interfaces : [], external);
  const given = { 4: rulesOf(4, options, answers), 6: rulesOf(6, options, answers) };
  return ([4, 6] as const)
    .filter((family) => (options.family ?? family) === family)
    .flatMap((family) => {
      const probe = options.at === 'boot' ? ufwProbe.name : (family === 4 ? iptablesProbe : ip6tablesProbe).name;
      const label = (fact: string) =>
        labels[fact]!(`IPv${family}${options.at === 'boot' ? ' after a boot' : ''}`, options);
      const why = unreadable(seen, external, given[family]);
      if (why)
        return observe(why.probe ?? probe, label, allFacts({ state: 'unknown', code: why.code, message: why.message }));
      const { rules } = given[family] as { rules: Ruleset };
      const none = excuse(rules, options, answers);
      if (none === 'off') return observe(probe, label, allFacts({ state: 'skipped', message: 'the host has no IPv6' }));
      return tell(rules, external, others, options, none === 'left out').flatMap((told) => observe(probe, label, told));
    });
}

function rulesOf(family: 4 | 6, { at }: Options, answers: Answers): Given {
  return at === 'boot' ? rulesAtBoot(family, answers) : liveRules(family, answers);
}

function unreadable(
  interfaces: { ok: true } | Unreadable,
  external: string[],
  given: Given,
): (Omit<Unreadable, 'ok'> & { probe?: string }) | null {
  const probe = interfacesProbe.name;
  if (!given.ok) return given;
  if (!interfaces.ok) return { ...interfaces, probe };
  return external.length ? null : { ...noneExternal, probe };
}

/** Why IPv6 need not be filtered: the host has none, or UFW leaves it out, which means that it drops all of it. */
function excuse(rules: Ruleset, { at }: Options, answers: Answers): 'off' | 'left out' | null {
  const seen = rules.family === 6 ? ufwFilesIn(answers) : null;
  if (!seen?.ok) return null;
  if (at === 'live' && seen.files.ipv6 === 'off') return 'off';
  return isLeftOut(seen.files) && !rules.filter.chains.has(`${prefixOf(rules)}-before-input`) ? 'left out' : null;
}

function isLeftOut(files: UfwFiles): boolean {
  const settings = settingsOf(files);
  return areSettings(settings) && !isYes(settings.IPV6?.value);
}

/** Facts that say something of UFW itself rather than of what gets in. */
const ufwsOwn = new Set(['in_path', 'outgoing', 'logs', 'admits', 'ahead', 'forwards']);

function tell(
  rules: Ruleset,
  external: string[],
  others: Beyond,
  options: Options,
  leftOut: boolean,
): Record<string, Told>[] {
  const drops = external.every((from) => isRefused(incoming(rules, from)));
  const skipped: Told = { state: 'skipped', message: 'UFW leaves IPv6 out, and all of it is dropped' };
  const excused = (fact: string, told: Told): Told => (leftOut && drops && ufwsOwn.has(fact) ? skipped : told);
  const perInterface = external.flatMap((from) => {
    const found = openings(rules, from, others);
    const single = { in_path: inPath, incoming, outgoing, routed, logs };
    const lists = {
      tcp: letIn(rules, found, 'tcp'),
      udp: letIn(rules, found, 'udp'),
      protocols: letIn(rules, found, 'other'),
      forwards: forwarded(rules, from),
      ahead: ahead(rules, from, others),
    };
    return [
      ...Object.entries(single).map(([fact, ask]) => ({ [fact]: excused(fact, ask(rules, from)) })),
      ...Object.entries(lists).flatMap(([fact, all]) => all.map((told) => ({ [fact]: excused(fact, told) }))),
    ];
  });
  return [...perInterface, { admits: excused('admits', admitted(rules, external, options)) }];
}

function isRefused(told: Told): boolean {
  return told.state === 'value' && (told.value === 'deny' || told.value === 'reject');
}

/** One way in is enough. */
function admitted(rules: Ruleset, external: string[], { port = 22, protocol = 'tcp' }: Options): Told {
  const all = external.map((from) => admits(rules, from, protocol, port));
  return (
    all.find((told) => told.state === 'value' && told.value === true) ??
    all.find((told) => told.state === 'unknown') ??
    all[0]!
  );
}

function allFacts(told: Told): Record<string, Told> {
  return Object.fromEntries(facts.map((fact) => [fact, told]));
}

const labels: Record<string, (family: string, options: Options) => string> = {
  in_path: (family) => `UFW for ${family}`,
  incoming: (family) => `the default for incoming ${family}`,
  outgoing: (family) => `the default for outgoing ${family}`,
  routed: (family) => `the default for routed ${family}`,
  tcp: (family) => `TCP let in by ${family}`,
  udp: (family) => `UDP let in by ${family}`,
  protocols: (family) => `other protocols let in by ${family}`,
  forwards: (family) => `what UFW lets pass through the host by ${family}`,
  ahead: (family) => `what gets in ahead of UFW by ${family}`,
  logs: (family) => `what UFW refuses by ${family}`,
  admits: (family, { port = 22, protocol = 'tcp' }) => `port ${port}/${protocol} by ${family}`,
};
