import type { Observation } from '../model/observation.ts';
import type { UnknownCode } from '../model/status.ts';
import { readable, type Unreadable } from './answer.ts';
import type { Answers } from './resource.ts';

/** What a snippet said, by the word before the first `|` of each line, in order. */
export type Said<Word extends string> = Record<Word, string[]>;

/**
 * Reads an answer made of lines `word|rest` that ends with the line `end`. Anything else in it, or the end missing, is
 * unparsable as a whole: a line that nobody expected could be half of one that matters.
 */
export function said<Word extends string>(
  answers: Answers,
  probe: string,
  words: readonly Word[],
): { ok: true; said: Said<Word>; stderr: string } | Unreadable {
  const answer = readable(answers, probe);
  if (!answer.ok) return answer;
  const sorted = sort(answer.stdout, words);
  if (sorted) return { ok: true, said: sorted, stderr: answer.stderr };
  return { ok: false, code: 'unparsable', message: `${probe} printed something else than expected` };
}

function sort<Word extends string>(stdout: string, words: readonly Word[]): Said<Word> | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const sorted = Object.fromEntries(words.map((word) => [word, [] as string[]])) as Said<Word>;
  for (const line of lines) {
    const at = line.indexOf('|');
    if (at < 0 || !Object.hasOwn(sorted, line.slice(0, at))) return null;
    sorted[line.slice(0, at) as Word].push(line.slice(at + 1));
  }
  return sorted;
}

/** The one line of a word; null when there is none, or more than one. */
export function one(lines: string[]): string | null {
  return lines.length === 1 ? lines[0]! : null;
}

/** What is known of a fact before it has a name. */
export type Told =
  | { state: 'value'; value: unknown; note?: string; where?: string }
  | { state: 'absent'; message: string; where?: string }
  | { state: 'skipped'; message: string }
  | { state: 'unknown'; code: UnknownCode; message: string; where?: string };

/** Tells a value; the note stands in brackets behind it, `where` names the place that decides. */
export function value(of: unknown, note?: string, where?: string): Told {
  return { state: 'value', value: of, ...(note && { note }), ...(where && { where }) };
}

/** Tells a proven absence. */
export function absent(message: string): Told {
  return { state: 'absent', message };
}

/** Tells why it cannot be told. */
export function unknown(message: string, code: UnknownCode = 'unparsable'): Told {
  return { state: 'unknown', code, message };
}

/** Gives facts their names: one observation each. */
export function observe(probe: string, label: (fact: string) => string, told: Record<string, Told>): Observation[] {
  return Object.entries(told).map(([fact, each]) => ({ fact, label: label(fact), probe, ...each }));
}
