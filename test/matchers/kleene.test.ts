import { describe, expect, test } from 'vitest';
import { all, any, not } from '../../src/matchers/index.ts';

// p pass, f fail, u unknown, s skip. The whole truth table for two, so that a change to it is a change to this table.
const words = { p: 'pass', f: 'fail', u: 'unknown', s: 'skip' } as const;
type Letter = keyof typeof words;
const table: [pair: string, all: Letter, any: Letter][] = [
  ['pp', 'p', 'p'],
  ['pf', 'f', 'p'],
  ['pu', 'u', 'p'],
  ['ps', 'p', 'p'],
  ['fp', 'f', 'p'],
  ['ff', 'f', 'f'],
  ['fu', 'f', 'u'],
  ['fs', 'f', 'f'],
  ['up', 'u', 'p'],
  ['uf', 'f', 'u'],
  ['uu', 'u', 'u'],
  ['us', 'u', 'u'],
  ['sp', 'p', 'p'],
  ['sf', 'f', 'f'],
  ['su', 'u', 'u'],
  ['ss', 's', 's'],
];

describe('Kleene logic', () => {
  test.each(table)('%s: all is %s, any is %s', (pair, wantedAll, wantedAny) => {
    const outcomes = [...pair].map((letter) => words[letter as Letter]);
    expect(all(outcomes)).toBe(words[wantedAll]);
    expect(any(outcomes)).toBe(words[wantedAny]);
  });

  test.each([
    ['p', 'f'],
    ['f', 'p'],
    ['u', 'u'],
    ['s', 's'],
  ] as const)('not %s is %s', (letter, wanted) => {
    expect(not(words[letter])).toBe(words[wanted]);
  });

  test('nothing at all is unknown, never a pass', () => {
    expect(all([])).toBe('unknown');
    expect(any([])).toBe('unknown');
  });
});
