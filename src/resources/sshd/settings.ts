import type { Fact } from '../../matchers/types.ts';
import type { Observation } from '../../model/observation.ts';
import { mainFiles, type ConfigLine } from './config.ts';
import { keywords, typedValue } from './keywords.ts';
import { originOf, placeOf } from './origin.ts';
import { effectiveProbe } from './probes.ts';
import type { Seen } from './seen.ts';
import { unknown } from './values.ts';

/** Every line that sets one of these keywords, whether it counts or not: what lies there may count tomorrow. */
export const settingsFact: Fact = {
  kind: 'records',
  description: 'Every line of every file read that sets one of these keywords, effective or not',
  fields: {
    keyword: { kind: 'text', description: 'The keyword as the manual page writes it' },
    drop_in: {
      kind: 'boolean',
      says: ['is not in the main file', 'is in the main file'],
      description: 'In an included file',
    },
    in_match: { kind: 'boolean', says: ['is under Match', 'is under no Match'], description: 'Under a Match' },
    wins: { kind: 'boolean', says: ['decides', 'decides nothing'], description: 'It decides for some login' },
    file: { kind: 'text', description: 'The file it is in' },
    line: { kind: 'number', description: 'Its line' },
    ...Object.fromEntries(Object.entries(keywords).map(([name, { fact }]) => [name, fact])),
  },
};

export function readSettings(seen: Seen, config: ConfigLine[]): Observation[] {
  const odd = config.find((each) => typedValue(each.keyword, each.words) === null);
  if (odd) return [unknown('settings', `${placeOf(odd)} could not be understood`)];
  const main = mainFiles(seen);
  const winners = winningLines(seen, config);
  const value = config.map((each) => record(each, main, winners));
  return [{ fact: 'settings', label: 'lines of sshd_config', probe: effectiveProbe.name, state: 'value', value }];
}

/** `name` is what a finding shows; the value stands under the keyword's own name, so that it is compared as what it is. */
function record(config: ConfigLine, main: string[], winners: Set<string>) {
  const { file, line, keyword, words, match } = config;
  const wins = winners.has(`${placeOf(config)} ${keyword}`);
  return {
    name: `${placeOf(config)}: ${keyword} ${words.join(' ')}${match ? `, for Match ${match}` : ''}${wins ? '' : ', which decides nothing today'}`,
    keyword,
    file,
    line,
    drop_in: !main.includes(file),
    in_match: match !== null,
    wins,
    [keyword]: typedValue(keyword, words),
  };
}

function winningLines(seen: Seen, config: ConfigLine[]): Set<string> {
  const asked = seen.logins.filter((login) => login.code === 0);
  const names = Object.keys(keywords);
  return new Set(
    asked.flatMap((login) =>
      names.flatMap((name) => originOf(name, login, seen, config).lines.map((each) => `${placeOf(each)} ${name}`)),
    ),
  );
}
