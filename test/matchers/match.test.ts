import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expectationDefinitions,
  expectationSchema,
  match,
  sentence,
  type Fact,
  type FactKind,
  type Known,
} from '../../src/matchers/index.ts';

const fact = (kind: FactKind, more: Partial<Fact> = {}): Fact => ({ kind, description: '', ...more });
const value = (seen: unknown): Known => ({ absent: false, value: seen });
const absent: Known = { absent: true };
const keys = fact('records', { fields: { bits: fact('number'), name: fact('text') } });

const table: [kind: FactKind | Fact, expectation: unknown, known: Known, outcome: string][] = [
  ['text', 'no', value('no'), 'pass'],
  ['text', 'no', value('yes'), 'fail'],
  ['text', 'no', value(undefined), 'unknown'],
  ['text', { one_of: ['no', 'without-password'] }, value('without-password'), 'pass'],
  ['text', { not: 'yes' }, value('no'), 'pass'],
  ['text', { not: 'yes' }, value('yes'), 'fail'],
  ['text', { matches: '^a+$' }, value('aaa'), 'pass'],
  ['text', { matches: '^a+$' }, value('aab'), 'fail'],
  ['text', { in_network: '10.0.0.0/8' }, value('10.1.2.3'), 'pass'],
  ['text', { in_network: ['10.0.0.0/8', 'fd00::/8'] }, value('192.0.2.1'), 'fail'],
  ['text', { in_network: '10.0.0.0/8' }, value('not an address'), 'unknown'],
  ['number', 3, value(3), 'pass'],
  ['number', { at_least: 1, at_most: 30 }, value(0), 'fail'],
  ['number', { at_least: 1, at_most: 30 }, value(30), 'pass'],
  ['number', { at_most: 30 }, value(Number.NaN), 'unknown'],
  ['duration', { at_most: '1m30s' }, value('90'), 'pass'],
  ['duration', { at_most: 30 }, value('1m'), 'fail'],
  ['duration', { at_most: 30 }, value('soon'), 'unknown'],
  ['size', { at_least: '4GiB' }, value(4 * 2 ** 30), 'pass'],
  ['mode', '0600', value('600'), 'pass'],
  ['mode', { no_more_than: '0640' }, value('0600'), 'pass'],
  ['mode', { no_more_than: '0640' }, value('4600'), 'fail'],
  ['mode', { no_more_than: '0640' }, value('rw-------'), 'unknown'],
  ['boolean', true, value(true), 'pass'],
  ['boolean', true, value('true'), 'unknown'],
  ['words', ['a', 'b'], value(['b', 'a']), 'pass'],
  ['words', { only: ['a'] }, value(['a', 'b']), 'fail'],
  ['words', { within: ['a', 'b'] }, value(['a']), 'pass'],
  ['words', { within: ['a'] }, value(['a', 'x']), 'fail'],
  ['words', { within: ['a'] }, value([]), 'unknown'],
  ['words', { within: ['a'], when_empty: 'pass' }, value([]), 'pass'],
  ['words', { within: ['a'], when_empty: 'skip' }, value([]), 'skip'],
  ['words', { includes: 'a' }, value([]), 'fail'],
  ['words', { not: { includes: 'a' } }, value([]), 'unknown'],
  ['words', { count: { at_least: 1 } }, value([]), 'fail'],
  [keys, { every: { bits: { at_least: 3072 } } }, value([{ bits: 4096 }, { bits: 1024 }]), 'fail'],
  [keys, { every: { bits: { at_least: 3072 } } }, value([]), 'unknown'],
  [keys, { every: { bits: { at_least: 3072 } } }, value([{ name: 'no bits' }]), 'fail'],
  [keys, { none: { bits: { at_most: 2048 } } }, value([{ bits: 4096 }]), 'pass'],
  [keys, { none: { bits: { at_most: 2048 } } }, value([{ name: 'no bits' }]), 'unknown'],
  [keys, { where: { name: 'x' }, none: { bits: 1 } }, value([{ bits: 1 }]), 'unknown'],
  [keys, { where: { name: 'x' }, every: { bits: 1 } }, value([{ name: 'y', bits: 2 }]), 'unknown'],
  [keys, { where: { name: 'x' }, every: { bits: 1 }, when_empty: 'skip' }, value([{ name: 'y', bits: 2 }]), 'skip'],
  [keys, { where: { name: 'x' }, every: { bits: 1 }, when_empty: 'skip' }, value([]), 'skip'],
  [keys, { where: { name: 'x' } }, value([{ name: 'x', bits: 2 }]), 'unknown'],
  [keys, { where: { name: 'x' }, count: 0 }, value([{ name: 'y', bits: 2 }]), 'pass'],
  ['text', 'no', absent, 'fail'],
  ['text', { not: 'yes' }, absent, 'unknown'],
  ['text', { absent: true }, absent, 'pass'],
  ['text', { absent: true }, value('x'), 'fail'],
  ['text', { absent: false }, absent, 'fail'],
  ['number', { any_of: [{ absent: true }, { at_most: 10 }] }, absent, 'pass'],
  ['number', { any_of: [{ absent: true }, { at_most: 10 }] }, value(60), 'fail'],
];

describe('match', () => {
  test.each(table)('%j expecting %j of %j is %s', (kind, expectation, known, outcome) => {
    const subject = typeof kind === 'string' ? fact(kind) : kind;
    const ajv = new Ajv({ allowUnionTypes: true, formats: { re2: true, cidr: true } });
    expect(
      ajv.validate({ ...expectationSchema(subject), definitions: expectationDefinitions([subject]) }, expectation),
      ajv.errorsText(),
    ).toBe(true);
    expect(match(subject, expectation, known).outcome).toBe(outcome);
  });

  test('whatever is seen, what is absent never satisfies an expectation that does not name absence', () => {
    const expectations = table.filter(
      ([kind, each]) => typeof kind === 'string' && !JSON.stringify(each).includes('absent'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...expectations), ([kind, expectation]) => {
        expect(match(fact(kind as FactKind), expectation, absent).outcome).not.toBe('pass');
      }),
    );
  });

  test('a value that has no text of its own is no crash', () =>
    expect(match(fact('mode'), '0600', value({ toString: false })).outcome).toBe('unknown'));

  test('a value of another kind is never a pass', () => {
    const odd = fc
      .anything()
      .filter((each) => !['string', 'number', 'boolean'].includes(typeof each) && !Array.isArray(each));
    fc.assert(
      fc.property(odd, fc.constantFrom('text', 'number', 'mode', 'duration', 'size', 'boolean'), (seen, kind) => {
        const literal = { text: 'a', number: 1, mode: '0600', duration: 1, size: 1, boolean: true }[kind];
        expect(match(fact(kind as FactKind), literal, value(seen)).outcome).toBe('unknown');
      }),
    );
  });
});

describe('words', () => {
  const says = fact('boolean', { says: ['exists', 'does not exist'] });
  test.each<[Fact, string, unknown, Known, string, string]>([
    [
      fact('text'),
      'PasswordAuthentication',
      'no',
      value('yes'),
      'set by /x:1',
      'PasswordAuthentication is yes (set by /x:1), expected no',
    ],
    [
      fact('duration'),
      'LoginGraceTime',
      { at_least: 1, at_most: 30 },
      value(120),
      '',
      'LoginGraceTime is 2m, expected at least 1s and at most 30s',
    ],
    [
      fact('mode'),
      'mode of /x',
      { no_more_than: '0640' },
      value('644'),
      '',
      'mode of /x is 0644, expected no more than 0640',
    ],
    [says, '/x', true, value(false), '', '/x does not exist, expected that it exists'],
    [fact('words'), 'AllowUsers', { only: ['a'] }, value(['a', '*']), '', 'AllowUsers is a, *, expected exactly a'],
    [fact('text'), 'x', { not: 'y' }, absent, '', 'x is not set, expected not y'],
  ])('%#', (subject, label, expectation, known, note, wanted) => {
    expect(sentence(subject, label, expectation, known, note)).toBe(wanted);
  });
});
