import { canonical } from './keywords.ts';
import type { Reading, Seen } from './seen.ts';

/** A line of a file that sets a keyword somebody asks about. */
export interface ConfigLine {
  file: string;
  line: number;
  keyword: string;
  words: string[];
  /** The criteria under which it counts, as they are written; null for everybody. */
  match: string | null;
}

/**
 * The lines of every file that sshd read, in its order, with the Match they stand under. Which files an Include means is taken from sshd's
 * trace, never guessed. A Match ends with its file, and an Include under it is under it (sshd_config(5)). Null: some file could not be read.
 */
export function configLines(seen: Seen): ConfigLine[] | null {
  const lines: ConfigLine[] = [];
  for (const reading of seen.readings.values()) {
    const main = reading.files[0];
    if (main === undefined || !walk(main, null, { seen, reading, lines, depth: 0 })) return null;
  }
  return [...new Map(lines.map((each) => [`${each.file}:${each.line} ${each.match}`, each])).values()];
}

/** The files that everything else hangs on: what a drop-in is not. */
export function mainFiles(seen: Seen): string[] {
  return [...seen.readings.values()].flatMap((reading) => reading.files.slice(0, 1));
}

interface Walk {
  seen: Seen;
  reading: Reading;
  lines: ConfigLine[];
  depth: number;
}

/** SERVCONF_MAX_DEPTH of servconf.c is 16. */
function walk(file: string, outer: string | null, at: Walk): boolean {
  const content = at.seen.files.get(file);
  if (!content || at.depth > 16) return false;
  let match = outer;
  return content.every(({ line, text }) => {
    const [name, words] = split(text);
    if (name === 'match') match = [outer, words.join(' ')].filter(Boolean).join(' and ');
    if (name === 'include') return follow(file, line, match, at);
    const keyword = canonical(name);
    if (keyword) at.lines.push({ file, line, keyword, words, match });
    return true;
  });
}

function follow(file: string, line: number, match: string | null, at: Walk): boolean {
  const targets = at.reading.includes.filter((each) => each.file === file && each.line === line);
  const once = [...new Set(targets.map((each) => each.target))];
  return once.every((target) => walk(target, match, { ...at, depth: at.depth + 1 }));
}

/** Keyword, in small letters, and arguments: strdelim() and argv_split() of OpenSSH's misc.c, as far as anybody writes it. */
function split(text: string): [string, string[]] {
  const match = /^\s*"?([A-Za-z0-9]+)"?(?:[ \t]*=[ \t]*|[ \t]*)(.*)$/s.exec(text.replace(/[\s\f]+$/, ''));
  if (!match) return ['', []];
  const words: string[] = [];
  for (const [, double, single, plain] of match[2]!.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (plain?.startsWith('#')) break;
    words.push(double ?? single ?? plain!);
  }
  return [match[1]!.toLowerCase(), words];
}
