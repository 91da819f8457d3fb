import { hole, parseSave, walk, type Rule, type Table } from '../../netfilter/index.ts';
import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { externalOf, noneExternal, readInterfaces } from '../interfaces/parse.ts';
import { filterTable, readPacketFilter } from '../iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { words } from '../iptables/walked.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, said, unknown, value, type Told } from '../said.ts';
import { rulesFileProbe } from './probe.ts';

export interface RulesFileOptions {
  path: string;
  chain: string;
  family?: 'ipv4' | 'ipv6';
  external?: string[];
}

const facts = ['whole', 'declares', 'verdict', 'loaded'];

/** Judges a rules file by what its rules would do, not by its text. */
export function readRulesFile(options: RulesFileOptions, answers: Answers): Observation[] {
  const { path, chain } = options;
  const probe = rulesFileProbe(path).name;
  const label = (fact: string) => (fact === 'verdict' ? `a new connection from outside, by ${path},` : path);
  const all = (told: Told) => Object.fromEntries(facts.map((fact) => [fact, told]));
  const answer = said(answers, probe, ['rule', 'unended', 'none']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  const { rule, unended, none } = answer.said;
  if (none.length > 0) {
    const why = none[0]!.endsWith('No such file or directory') ? absent(`there is no ${path}`) : unknown(none[0]!);
    return observe(probe, label, all(why));
  }
  const saved = parseSave(rule.join('\n'));
  if (!saved.ok) {
    const broken = value(false, saved.message, `${path}:${saved.line}`);
    const lost = absent(`${path} cannot be loaded: line ${saved.line}, ${saved.message}`);
    return observe(probe, label, { ...all(lost), whole: broken });
  }
  const table = saved.tables.get('filter');
  if (!table?.chains.has(chain)) {
    const lost = absent(`${path} has no chain ${chain} in the table filter`);
    return observe(probe, label, all(lost));
  }
  return observe(probe, label, {
    whole: unended.length > 0 ? value(false, 'its last line does not end') : value(true),
    declares: value([...saved.tables.values()].flatMap((each) => [...each.chains.keys()])),
    verdict: verdictOf(table, options, answers),
    loaded: loadedOf(table.chains.get(chain)!, options, answers),
  });
}

function verdictOf(table: Table, { path, chain, external = [] }: RulesFileOptions, answers: Answers): Told {
  const seen = readInterfaces(answers);
  if (!seen.ok) return unknown(seen.message, seen.code);
  const names = externalOf(seen.interfaces, external);
  if (names.length === 0) return noneExternal;
  for (const name of names) {
    const exit = hole(walk(table, chain, { in: name }));
    if (exit)
      return value('let through', `from ${name} ${words(exit)}`, exit.rule ? `${path}:${exit.rule.line}` : path);
  }
  return value('blocked');
}

/** Docker up to 28.1 puts a RETURN of its own behind what it finds in DOCKER-USER. */
function loadedOf(rules: readonly Rule[], { chain, family }: RulesFileOptions, answers: Answers): Told {
  const live = readPacketFilter(answers, (family === 'ipv6' ? ip6tablesProbe : iptablesProbe).name);
  if (!live.ok) return unknown(live.message, live.code);
  const found = filterTable(live).chains.get(chain);
  if (!found) return absent(`there is no chain ${chain}`);
  const [wanted, had] = [rules.map(sameForm), withoutLastReturn(found.map(sameForm), rules.length)];
  const at = Array.from({ length: Math.max(wanted.length, had.length) }).findIndex(
    (_, index) => wanted[index] !== had[index],
  );
  return at < 0
    ? value(true)
    : value(false, `rule ${at + 1} is ${had[at] ?? 'missing'}, in the file ${wanted[at] ?? 'there is none'}`);
}

function withoutLastReturn(rules: string[], wanted: number): string[] {
  const added = rules.length === wanted + 1 && /^-A \S+ -j RETURN$/.test(rules.at(-1)!);
  return added ? rules.slice(0, -1) : rules;
}

/**
 * One form for what may be written in several: order of the conditions, of the states, the name of the states' module, and
 * modules that a person leaves out (\`-p tcp --dport\`).
 */
function sameForm({ chain, tests, target, goto, targetWords }: Rule): string {
  const parts = tests
    .filter((test) => test.option !== '-m')
    .map(({ negated, option, values }) => {
      const name = option === '--state' ? '--ctstate' : option;
      const texts = name === '--ctstate' ? values.map((each) => each.split(',').sort().join(',')) : values;
      return `${negated ? '! ' : ''}${name} ${texts.join(' ')}`;
    })
    .sort();
  const defaults =
    target === 'REJECT' && targetWords.length === 0 ? ['--reject-with', 'icmp-port-unreachable'] : targetWords;
  return ['-A', chain, ...parts, ...(target ? [goto ? '-g' : '-j', target] : []), ...defaults].join(' ');
}
