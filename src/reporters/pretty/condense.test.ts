import { describe, expect, test } from 'vitest';
import { finding } from '../../../test/reporters/build.ts';
import { condense, once } from './condense.ts';

const absent = (wanted: string, seen = 'there is no account x') =>
  finding('fail', `${seen}, expected ${wanted}`, { code: 'absent', actual: null });
const untold = (fact: string, why = 'Redis names no file') =>
  finding('error', `could not tell ${fact} of it: ${why}`, { code: 'unparsable' });
const messages = (...findings: ReturnType<typeof finding>[]) => condense(findings).map(({ message }) => message);

describe('what a page says of one control', () => {
  test('the same is not said twice', () => {
    const same = finding('fail', 'NEW IPv4 from ens3 is passed on, expected blocked');
    expect(messages(same, finding('fail', 'another'), same)).toEqual([same.message, 'another']);
  });

  test('of what is not there, one thing that was expected stands for all', () =>
    expect(messages(absent('mode: 0600'), absent('owner: root'), absent('group: root'))).toEqual([
      'there is no account x, expected mode: 0600 (and 2 more for the same reason)',
    ]));

  test('of what could not be told, one stands for all that have the reason', () =>
    expect(messages(untold('mode'), untold('owner'), untold('size', 'too long'))).toEqual([
      'could not tell mode of it: Redis names no file (and 1 more for the same reason)',
      'could not tell size of it: too long',
    ]));

  test.each([
    ['another thing', absent('b: y', 'there is no z')],
    ['another place', { ...absent('b: y'), where: '/etc/other:1' }],
    ['another level', { ...absent('b: y'), level: 'info' as const }],
    ['a value that is there', finding('fail', 'there is no account x, expected b', { actual: 0 })],
  ])('%s stays', (_what, other) =>
    expect(messages(absent('a: x'), other)).toEqual(['there is no account x, expected a: x', other.message]),
  );
});

test.each([
  [
    'list is a, b (see /x:1), expected an empty list (not expected: a, b)',
    'list is a, b (see /x:1), expected an empty list',
  ],
  ['list is a, b, expected an empty list (not expected: a, b)', 'list is a, b, expected an empty list'],
  ['ports is 22, 80, expected nothing beyond 22 (not expected: 80)', null],
  ['ports is 80, 22, expected nothing beyond 22 (not expected: 80)', null],
  ['list is a, expected exactly b (not expected: a; missing: b)', null],
  ['sudo is everything, expected nothing', null],
])('a list that is wrong as a whole is written once: %s', (message, wanted) =>
  expect(once(message)).toBe(wanted ?? message),
);
