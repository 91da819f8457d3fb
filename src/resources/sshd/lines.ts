import type { Observation } from '../../model/observation.ts';
import { mainFiles, type ConfigLine } from './config.ts';
import { keywords, typedValue } from './keywords.ts';
import { originOf, placeOf } from './origin.ts';
import { effectiveProbe } from './probes.ts';
import type { Seen } from './seen.ts';
import { unknown } from './values.ts';

/** Which lines to look at, one by one, instead of what is effective. */
export type Lines = 'in_drop_ins' | 'under_match';

/** Every line of the kind that sets a keyword, whether it decides anything today or not: it may tomorrow. */
export function readLines(kind: Lines, seen: Seen, config: ConfigLine[]): Observation[] {
  const main = mainFiles(seen);
  const here = config.filter((each) => (kind === 'under_match' ? each.match !== null : !main.includes(each.file)));
  const winners = winningLines(seen, config);
  return Object.keys(keywords).flatMap((keyword) => {
    const lines = here.filter((each) => each.keyword === keyword);
    return lines.length ? lines.map((each) => observe(each, winners)) : [none(keyword, kind)];
  });
}

function observe(config: ConfigLine, winners: Set<string>): Observation {
  const { keyword, words, match } = config;
  const place = placeOf(config);
  const about = { fact: keyword, label: `${keyword} in ${place}`, probe: effectiveProbe.name, where: place };
  const value = typedValue(keyword, words);
  if (value === null) return { ...unknown(keyword, `"${words.join(' ')}" could not be understood`), ...about };
  const notes = [
    match === null ? '' : `for Match ${match}`,
    winners.has(`${place} ${keyword}`) ? '' : 'decides nothing today',
  ];
  const note = notes.filter(Boolean).join(', ');
  return { ...about, ...(note && { note }), state: 'value', value };
}

function none(keyword: string, kind: Lines): Observation {
  const where = kind === 'under_match' ? 'under a Match' : 'of an included file';
  const about = { fact: keyword, label: keyword, probe: effectiveProbe.name };
  return { ...about, state: 'skipped', message: `no line ${where} sets ${keyword}` };
}

function winningLines(seen: Seen, config: ConfigLine[]): Set<string> {
  const names = Object.keys(keywords);
  return new Set(
    seen.logins.flatMap((login) =>
      names.flatMap((name) => originOf(name, login, seen, config).lines.map((each) => `${placeOf(each)} ${name}`)),
    ),
  );
}
