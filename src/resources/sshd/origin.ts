import { canonical } from './keywords.ts';
import type { ConfigLine } from './config.ts';
import type { Login, Seen, Setting } from './seen.ts';

/** Where a value comes from. `lines` are those that count: several where a keyword collects them. */
export interface Origin {
  lines: Setting[];
  /** It comes from Match blocks that the login met. */
  matched: boolean;
  where?: string;
  note?: string;
}

/** AllowUsers adds up over lines and files; of everything else asked about here the first line wins (sshd_config(5)). */
const collected = new Set(['AllowUsers', 'Port']);

/**
 * What sshd's trace says about where `keyword` comes from in this login: a Match that it meets, else the command line, else
 * the first line, else the default. Without a trace nothing is said.
 */
export function originOf(keyword: string, login: Login, seen: Seen, config: ConfigLine[]): Origin {
  const reading = seen.readings.get(login.options)!;
  if (login.matched === null || reading.files.length === 0) return { lines: [], matched: false };
  const matched = pick(keyword, login.matched);
  if (matched.length) return said(matched, true, config);
  const option = login.options.split(' ').find((each) => sets(each) === keyword);
  if (option) return { lines: [], matched: false, where: 'command line of sshd', note: `set by the option ${option}` };
  const lines = pick(keyword, reading.settings);
  return lines.length ? said(lines, false, config) : { lines, matched: false, note: "sshd's default" };
}

/** `-oName=value`, `Name=value` after `-o`, or `-p`. */
function sets(option: string): string | null {
  return /^-p\d*$/.test(option) ? 'Port' : nameOf(option.replace(/^-o/, '').split('=')[0]!);
}

/** Everything that says on which port sshd is counts as Port. */
export function nameOf(keyword: string): string | null {
  return ['port', 'listenaddress'].includes(keyword.toLowerCase()) ? 'Port' : canonical(keyword);
}

export const placeOf = ({ file, line }: Setting | ConfigLine) => `${file}:${line}`;

function pick(keyword: string, settings: Setting[]): Setting[] {
  const lines = settings.filter((each) => nameOf(each.keyword) === keyword);
  return collected.has(keyword) ? lines : lines.slice(0, 1);
}

function said(lines: Setting[], matched: boolean, config: ConfigLine[]): Origin {
  const places = [...new Set(lines.map(placeOf))];
  const match = matched ? config.find((each) => placeOf(each) === places[0])?.match : null;
  const note = `set by ${places.join(', ')}${match ? ` in Match ${match}` : ''}`;
  return { lines, matched, where: places[0]!, note };
}
