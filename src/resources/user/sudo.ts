import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, value, type Told } from '../said.ts';
import { sudoProbe } from './probes.ts';
import { allowsEverything, parseSudo, type Rule } from './rules.ts';

/** What the account may do through sudo. */
export function readSudo(name: string, answers: Answers): Observation[] {
  const probe = sudoProbe(name).name;
  const label = (fact: string) => (fact === 'sudo' ? `sudo for ${name}` : `sudo rules of ${name}`);
  const answer = said(answers, probe, ['code', 'sudo', 'groups', 'none']);
  if (!answer.ok) return unknownFacts(['sudo', 'sudo_rules'], label, probe, answer);
  const { code, sudo, groups, none } = answer.said;
  if (one(none) !== null) return observe(probe, label, may([], 'sudo is not installed'));
  const rules =
    one(code) === '0' ? parseSudo(name, sudo, one(groups)?.split(' ') ?? []) : sudo[0] || 'sudo said nothing';
  if (typeof rules !== 'string') return observe(probe, label, may(rules));
  const why = unknown(rules);
  return observe(probe, label, { sudo: why, sudo_rules: why });
}

function may(rules: Rule[], note?: string): Record<string, Told> {
  const wide = rules.filter(allowsEverything);
  const worst = wide.find((rule) => rule.free) ?? wide[0];
  const shown = value(rules.map(show));
  if (worst) {
    const all = worst.free ? 'everything without a password' : 'everything';
    return { sudo: value(all, show(worst), worst.file ?? undefined), sudo_rules: shown };
  }
  return { sudo: value(rules.length ? 'listed' : 'none', note), sudo_rules: shown };
}

/** As sudoers(5) writes it. */
function show({ as, free, commands }: Rule): string {
  return `(${as}) ${free ? 'NOPASSWD: ' : ''}${commands.join(', ')}`;
}
