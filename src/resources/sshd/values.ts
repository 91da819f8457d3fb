import type { UnknownCode } from '../../model/status.ts';
import type { Observation } from '../../model/observation.ts';
import type { ConfigLine } from './config.ts';
import { uncovered } from './coverage.ts';
import { keywords, typedValue, type Value } from './keywords.ts';
import { labelOf } from './label.ts';
import { originOf, type Origin } from './origin.ts';
import { effectiveProbe } from './probes.ts';
import { whyRefused, type Login, type Seen } from './seen.ts';

/** One login with what `keyword` is in it; `value` null: not printed. */
export interface Effective {
  login: Login;
  value: Value | null;
  origin: Origin;
}

const probe = effectiveProbe.name;

/**
 * What a keyword is: one observation for each value and origin, with the logins that meet it where not all do, and one for
 * whatever might be another value and could not be asked.
 */
export function readKeyword(keyword: string, seen: Seen, config: ConfigLine[]): Observation[] {
  const effective = seen.logins
    .filter((login) => login.code === 0)
    .map((login) => ({ login, value: valueOf(keyword, login), origin: originOf(keyword, login, seen, config) }));
  return [
    ...refused(keyword, seen),
    ...grouped(effective).map((group) => observe(keyword, group, effective.length)),
    ...uncovered(keyword, effective, config).map((why) => unknown(keyword, why, 'needs-person')),
  ];
}

export function unknown(fact: string, message: string, code: UnknownCode = 'unparsable'): Observation {
  return { fact, label: fact, probe, state: 'unknown', code, message };
}

/** `-T` prints a keyword once, and those that add up once for each word. */
function valueOf(keyword: string, login: Login): Value | null {
  const lines = login.values.get(keyword.toLowerCase()) ?? [];
  const proper = keywords[keyword]!.fact.kind === 'words' ? lines.length > 0 : lines.length === 1;
  return proper ? typedValue(keyword, lines.join(' ').split(' ')) : null;
}

function refused(keyword: string, seen: Seen): Observation[] {
  return seen.logins
    .filter((login) => login.code !== 0)
    .map((login) => ({ ...unknown(keyword, whyRefused(login)), label: labelOf(keyword, [login], 0) }));
}

function grouped(effective: Effective[]): Effective[][] {
  const groups = new Map<string, Effective[]>();
  for (const each of effective) {
    const key = JSON.stringify([each.value, each.origin.where, each.origin.note, each.login.options]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

function observe(keyword: string, group: Effective[], all: number): Observation {
  const [{ value, origin }] = group as [Effective];
  const logins = group.map((each) => each.login);
  const about = { fact: keyword, label: labelOf(keyword, logins, all), probe };
  if (value === null) return { ...about, ...missing(keyword, logins) };
  const { where, note } = origin;
  return { ...about, ...(where && { where }), ...(note && { note }), state: 'value', value };
}

/** Only AllowUsers is proven absent by not being printed: everything else has a default. Its neighbours show that the output is whole. */
function missing(keyword: string, logins: Login[]) {
  const whole = logins.every(({ values }) => values.has('permitrootlogin') && values.has('authenticationmethods'));
  const printed = logins.some(({ values }) => values.has(keyword.toLowerCase()));
  if (keyword === 'AllowUsers' && whole && !printed) {
    return { state: 'absent', message: 'no AllowUsers is set: every account may log in' } as const;
  }
  return { state: 'unknown', code: 'unparsable', message: `sshd -T did not say what ${keyword} is` } as const;
}
