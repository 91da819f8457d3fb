import { placeOf } from './origin.ts';
import { typedValue, type Value } from './keywords.ts';
import type { ConfigLine } from './config.ts';
import type { Effective } from './values.ts';

/**
 * Values that some login might get and none of those asked about did: the logins were chosen well only if every value that a line under Match
 * sets, and the one that counts without Match, was seen. What is said here in words makes the keyword unknown.
 */
export function uncovered(keyword: string, effective: Effective[], config: ConfigLine[]): string[] {
  const lines = config.filter((each) => each.keyword === keyword);
  const values = new Set(effective.flatMap(({ value }) => parts(value)));
  const open = lines.filter((each) => each.match !== null && !isSeen(each, values));
  return [...open.map(say), ...outside(effective, lines, values), ...misread(keyword, effective, config)];
}

/** Lists count word by word: they add up. */
function parts(value: Value | null): string[] {
  return value === null ? [] : [value].flat().map(String);
}

function isSeen(line: ConfigLine, values: Set<string>): boolean {
  const value = typedValue(line.keyword, line.words);
  return value !== null && parts(value).every((each) => values.has(each));
}

/** Where every login met a Match for it, nothing showed what holds outside: `Match all` leaves no outside. */
function outside(effective: Effective[], lines: ConfigLine[], values: Set<string>): string[] {
  if (effective.length === 0 || effective.some(({ origin }) => !origin.matched)) return [];
  if (lines.some((each) => each.match?.toLowerCase() === 'all')) return [];
  const global = lines.filter((each) => each.match === null);
  if (global.length === 0) return ['no login was found that meets no Match'];
  return global.filter((each) => !isSeen(each, values)).map(say);
}

function say({ file, line, words, match }: ConfigLine): string {
  const when = match === null ? 'outside of every Match' : `for Match ${match}`;
  return `${file}:${line} sets it to ${words.join(' ')} ${when}, and no login was found that meets it`;
}

/** sshd says that a line sets this keyword, and our reading of the file disagrees: then our reading of Match is in doubt as well. */
function misread(keyword: string, effective: Effective[], config: ConfigLine[]): string[] {
  const known = new Set(config.filter((each) => each.keyword === keyword).map(placeOf));
  const told = effective.flatMap(({ origin }) => origin.lines.map(placeOf));
  return [...new Set(told)].filter((place) => !known.has(place)).map((place) => `${place} could not be understood`);
}
