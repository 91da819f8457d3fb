import { describe, expect, test } from 'vitest';
import type { Transaction } from '../model/fix-plan.ts';
import type { ControlResult } from '../model/report.ts';
import { compare } from './look-again.ts';

const seen = (statuses: Record<string, string>) =>
  new Map(
    Object.entries(statuses).map(([id, status]) => {
      const findings = [{ level: status, code: 'not-equal', message: `${id} is odd` }];
      return [id, { id, status, findings } as unknown as ControlResult];
    }),
  );
const mends = (...controls: string[]) => ({ controls }) as Transaction;

describe('after a transaction', () => {
  test('what was to be mended holds, and all that held: well', () =>
    expect(
      compare(mends('a'), seen({ a: 'fail', b: 'pass', c: 'fail' }), seen({ a: 'pass', b: 'pass', c: 'fail' })),
    ).toMatchObject({ words: null, unmended: new Map() }));
  test.each(['fail', 'error', 'skip'])('what was to be mended is %s: not well', (status) =>
    expect(compare(mends('a'), seen({ a: 'fail' }), seen({ a: status }))).toMatchObject({
      words: expect.stringContaining(`a is ${status}`),
      unmended: new Map([['a', expect.stringContaining(`a is ${status}`)]]),
    }),
  );
  test.each(['fail', 'error', 'skip'])('what held before is %s: not well, and nobody to leave out', (status) =>
    expect(compare(mends('a'), seen({ a: 'fail', b: 'pass' }), seen({ a: 'pass', b: status }))).toMatchObject({
      words: expect.stringContaining(`b is ${status}`),
      unmended: new Map(),
    }),
  );
  test('what cannot be looked at from inside is not taken for mended', () =>
    expect(compare(mends('a'), seen({ a: 'fail' }), seen({}))).toMatchObject({
      words: 'afterwards a could not be looked at from inside',
      unmended: new Map([['a', 'afterwards a could not be looked at from inside']]),
    }));
  test('what held before and is not there any more is not taken for good', () =>
    expect(compare(mends('a'), seen({ b: 'pass' }), seen({ a: 'pass' })).words).toContain('b could not'));
});
