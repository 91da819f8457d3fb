import { BlockList, isIP } from 'node:net';
import { combine } from './combine.ts';
import { onEmpty } from './empty.ts';
import { any, not } from './kleene.ts';
import { isMap, type Expectation, type Known } from './known.ts';
import { found } from './regex.ts';
import { matchRecords } from './records.ts';
import type { Fact, Match, MatchCode } from './types.ts';
import { typed } from './value.ts';

const ok: Match = { outcome: 'pass', code: 'equal' };

/**
 * Judges one expectation. All entries of a matcher map must hold. An absence satisfies nothing but a matcher that names
 * it, and the opposite of something about an absent thing is unknown rather than true.
 */
export function match(fact: Fact, expectation: Expectation, known: Known): Match {
  if (!isMap(expectation)) return known.absent ? failed('absent') : equals(fact, expectation, known.value);
  // These two expect nothing by themselves, so they must not turn a skip into a pass.
  const entries = Object.entries(expectation).filter(([name]) => name !== 'when_empty' && name !== 'where');
  return combine(entries.map(([name, wanted]) => matchEntry(fact, name, wanted, known, expectation)));
}

function matchEntry(fact: Fact, name: string, wanted: unknown, known: Known, map: Record<string, unknown>): Match {
  if (name === 'absent') return verdict(known.absent === wanted, known.absent ? 'absent' : 'not-absent');
  if (name === 'any_of') return anyOf(fact, wanted as Expectation[], known);
  if (name === 'not') return negated(fact, wanted, known, map);
  if (known.absent) return failed('absent');
  if (isEmptyList(known.value) && !ofAnyLength.has(name)) return onEmpty(map);
  if (fact.kind === 'records') return matchRecords(match, fact, name, wanted, known.value, map);
  return matchValue(fact, name, wanted, known.value);
}

function anyOf(fact: Fact, wanted: Expectation[], known: Known): Match {
  const matches = wanted.map((each) => match(fact, each, known));
  const outcome = any(matches.map((each) => each.outcome));
  return matches.find((each) => each.outcome === outcome)!;
}

function negated(fact: Fact, wanted: Expectation, known: Known, map: Record<string, unknown>): Match {
  if (known.absent && !namesAbsence(wanted)) return { outcome: 'unknown', code: 'absent' };
  if (!known.absent && isEmptyList(known.value)) return onEmpty(map);
  const inner = match(fact, wanted, known);
  return { ...inner, outcome: not(inner.outcome), code: inner.outcome === 'pass' ? 'forbidden' : inner.code };
}

function namesAbsence(wanted: Expectation): boolean {
  return isMap(wanted) && 'absent' in wanted;
}

/** These say something about an empty list too. */
const ofAnyLength = new Set(['count', 'only', 'includes', 'where']);

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function equals(fact: Fact, wanted: unknown, value: unknown): Match {
  if (fact.kind === 'words') return sameSet(wanted as string[], value as string[]);
  const actual = typed(fact, value);
  if (actual === null) return { outcome: 'unknown', code: 'unparsable' };
  return verdict(actual === typed(fact, wanted), 'not-equal');
}

function matchValue(fact: Fact, name: string, wanted: unknown, value: unknown): Match {
  if (fact.kind === 'words') return matchWords(name, wanted, value as string[]);
  const actual = typed(fact, value);
  if (actual === null) return { outcome: 'unknown', code: 'unparsable' };
  switch (name) {
    case 'one_of':
      return verdict(
        (wanted as unknown[]).some((each) => typed(fact, each) === actual),
        'not-equal',
      );
    case 'at_least':
      return verdict((actual as number) >= (typed(fact, wanted) as number), 'too-small');
    case 'at_most':
      return verdict((actual as number) <= (typed(fact, wanted) as number), 'too-large-value');
    case 'no_more_than':
      return verdict(((actual as number) & ~(typed(fact, wanted) as number)) === 0, 'mode-too-open');
    case 'matches':
      return verdict(found(wanted as string, actual as string), 'no-match');
    case 'in_network':
      return inNetwork([wanted].flat() as string[], actual as string);
    default:
      throw new Error(`unknown matcher ${name}: the schema should have refused it`);
  }
}

function matchWords(name: string, wanted: unknown, words: string[]): Match {
  const list = [wanted].flat() as string[];
  switch (name) {
    case 'includes':
      return missing(list.filter((word) => !words.includes(word)));
    case 'only':
      return sameSet(list, words);
    case 'within':
      return surplus(words.filter((word) => !list.includes(word)));
    case 'count':
      return match({ kind: 'number', description: '' }, wanted, { absent: false, value: words.length });
    default:
      throw new Error(`unknown matcher ${name}: the schema should have refused it`);
  }
}

function sameSet(wanted: string[], words: string[]): Match {
  return combine([
    surplus(words.filter((word) => !wanted.includes(word))),
    missing(wanted.filter((word) => !words.includes(word))),
  ]);
}

function missing(words: string[]): Match {
  return words.length ? { ...failed('missing'), detail: `missing: ${words.join(', ')}` } : ok;
}

function surplus(words: string[]): Match {
  return words.length ? { ...failed('surplus'), detail: `not expected: ${words.join(', ')}` } : ok;
}

function inNetwork(networks: string[], address: string): Match {
  const family = isIP(address);
  if (!family) return { outcome: 'unknown', code: 'unparsable' };
  const list = new BlockList();
  for (const network of networks) {
    const [base, bits] = network.split('/');
    list.addSubnet(base!, Number(bits), isIP(base!) === 6 ? 'ipv6' : 'ipv4');
  }
  return verdict(list.check(address, family === 6 ? 'ipv6' : 'ipv4'), 'no-match');
}

function verdict(holds: boolean, code: MatchCode): Match {
  return holds ? ok : failed(code);
}

function failed(code: MatchCode): Match {
  return { outcome: 'fail', code };
}
