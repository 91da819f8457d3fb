import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { aptConfigProbe } from './probe.ts';

/** apt's merged configuration. Names are compared without regard to case, as apt does. */
export interface AptConfig {
  ok: true;
  /** The value of a key; null when nothing sets it. An item that only holds others has an empty one. */
  find(key: string): string | null;
  /** The values of all items right below a key, in apt's order, named ones included. */
  list(key: string): string[];
  /** File and line that name the last part of a key last: where the value comes from, as far as text can tell. */
  whereIs(key: string): string | undefined;
}

/** Reads `apt.config`. A line of it that is not understood leaves everything open. */
export function readAptConfig(answers: Answers): AptConfig | Unreadable {
  const { name } = aptConfigProbe;
  const answer = said(answers, name, ['set', 'lines', 'line']);
  if (!answer.ok) return answer;
  const items = answer.said.set.map((row) => /^([^\s"]+) "(.*)";$/.exec(row));
  if (items.includes(null) || !(Number(one(answer.said.lines)) > 0)) {
    return { ok: false, code: 'unparsable', message: `${name} printed something else than expected` };
  }
  const pairs = items.map((item) => [item![1]!.toLowerCase(), item![2]!] as const);
  return {
    ok: true,
    find: (key) => pairs.findLast(([each]) => each === key.toLowerCase())?.[1] ?? null,
    list: (key) => pairs.filter(([each]) => isChild(each, key.toLowerCase())).map(([, text]) => text),
    whereIs: (key) => placeOf(key, answer.said.line),
  };
}

function isChild(name: string, key: string): boolean {
  return name.startsWith(`${key}::`) && !name.slice(key.length + 2).includes('::');
}

function placeOf(key: string, lines: string[]): string | undefined {
  const leaf = key.toLowerCase().split('::').at(-1)!;
  const named = new RegExp(`(^|[\\s:{"])${leaf.replace(/[^a-z0-9-]/g, '')}([\\s:{;"]|$)`);
  const line = lines.findLast((each) => named.test(each.slice(each.indexOf('|') + 1).toLowerCase()));
  return line?.split('|')[0];
}

/** apt's StringToBool (apt-pkg/contrib/strutl.cc); null for a word that it does not know. */
export function toBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (/^(no|false|without|off|disable|0+)$/.test(word)) return false;
  return /^(yes|true|with|on|enable|0*1)$/.test(word) ? true : null;
}
