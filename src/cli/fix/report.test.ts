import { describe, expect, test } from 'vitest';
import type { Left } from '../../model/fix-plan.ts';
import type { Status } from '../../model/status.ts';
import type { Fixed } from '../../runner/index.ts';
import { control, finding, host, report } from '../../../test/reporters/build.ts';
import { fixed, transaction } from '../../../test/support/fix.ts';
import { withFixes } from './report.ts';

const message = { pass: 'root cannot log in', fail: 'root can log in', error: 'it could not be told' };
const audited = (status: keyof typeof message, exitCode?: number) =>
  report(
    [host('vps3', [control('ssh-root', 'T', { status, findings: [finding(status, message[status])] })])],
    exitCode === undefined ? {} : { exitCode },
  );
const left = (why: Left['why'], reason: string) => fixed([], { left: [{ control: 'ssh-root', why, reason }] });

/** What the last report says of the fix of the one control. */
const fixOf = (before: keyof typeof message, after: keyof typeof message, what: Fixed) =>
  withFixes(audited(before), audited(after), new Map([['vps3', what]])).hosts[0]!.controls[0]!.fix;

describe('each control says what became of its fix', () => {
  test('fixed, with how it was and how it is', () =>
    expect(fixOf('fail', 'pass', fixed([{}]))).toMatchObject({
      ...{ status: 'fixed', reason: null },
      ...{ before: 'fail: root can log in', after: 'pass: root cannot log in' },
    }));

  test('fixed as well where the fix of another one did it', () => {
    const another = fixed(
      [{ transaction: transaction({ controls: ['a-b'] }) }],
      left('manual', 'is mended by hand').plan,
    );
    expect(fixOf('fail', 'pass', another)).toMatchObject({ status: 'fixed', reason: null });
  });

  test('never fixed where the fix was to be undone and could not be, however the host looks now', () =>
    expect(fixOf('fail', 'pass', fixed([{ status: 'rollback-failed', reason: 'it stays' }]))).toMatchObject({
      ...{ status: 'rollback-failed', reason: 'it stays' },
    }));

  test('never fixed where no fix went well: the host changed by itself', () =>
    expect(fixOf('fail', 'pass', left('manual', 'is mended by hand'))).toMatchObject({ status: 'needs-manual' }));

  test.each(['fix-failed-rolled-back', 'reverted-lockout', 'rollback-failed', 'refused'] as const)(
    '%s, with the reason',
    (status) =>
      expect(fixOf('fail', 'fail', fixed([{ status, reason: 'it did not start' }]))).toMatchObject({
        ...{ status, reason: 'it did not start' },
        ...{ before: 'fail: root can log in', after: 'fail: root can log in' },
      }),
  );

  test('by its last transaction, where it was tried once more', () => {
    const twice = fixed([{ status: 'fix-failed-rolled-back', reason: 'another one' }, { status: 'fixed' }]);
    expect(fixOf('fail', 'error', twice)).toMatchObject({ status: 'fixed', after: 'error' });
  });

  test('planned, where nobody said yes', () =>
    expect(fixOf('fail', 'fail', fixed([], { transactions: [transaction()] }))).toMatchObject({
      ...{ status: 'planned', reason: null },
    }));

  test.each([
    ['manual', 'needs-manual', 'is mended by hand'],
    ['refused', 'refused', 'its risk is not allowed'],
    ['later', 'planned', 'needs ssh-running to hold first'],
  ] as const)('left as %s: %s, with the reason', (why, status, reason) =>
    expect(fixOf('fail', 'fail', left(why, reason))).toMatchObject({ status, reason }),
  );

  test('refused, where what it needs was tried and still does not hold', () => {
    const reason = 'needs a-b to hold first';
    const tried = fixed([{ status: 'refused', reason: 'busy', transaction: transaction({ controls: ['a-b'] }) }], {
      left: [{ control: 'ssh-root', why: 'later', reason }],
    });
    expect(fixOf('fail', 'fail', tried)).toMatchObject({ status: 'refused', reason });
  });

  test('nothing, where nothing was to be mended', () =>
    expect(fixOf('pass', 'pass', fixed([]))).toMatchObject({ status: null, before: null, after: null }));
});

describe('the exit code', () => {
  const codeOf = (judged: number, ...statuses: Fixed['outcomes'][number]['status'][]) =>
    withFixes(
      audited('fail'),
      audited('pass', judged),
      new Map([['vps3', fixed(statuses.map((status) => ({ status })))]]),
    ).exitCode;

  test.each([
    [0, ['fixed']],
    [1, ['fixed', 'refused']],
    [3, []],
  ] as const)('is %i as judged, when all is fixed or nothing was done', (code, statuses) =>
    expect(codeOf(code, ...statuses)).toBe(code),
  );
  test.each(['fix-failed-rolled-back', 'reverted-lockout'] as const)('is 4 when one was undone: %s', (status) =>
    expect(codeOf(0, 'fixed', status)).toBe(4),
  );
  test('is 5 when one could not be undone, whatever else', () =>
    expect(codeOf(1, 'rollback-failed', 'fix-failed-rolled-back')).toBe(5));
});

test('a host that was not mended keeps its report', () => {
  const after = audited('fail' satisfies Status);
  expect(withFixes(audited('fail'), after, new Map())).toEqual(after);
});

test('what a finding expected or saw is not repeated: only its message, which is masked', () => {
  const seen = finding('fail', 'the password is the shipped one', { actual: 'hunter2', expected: 'correct-horse' });
  const failing = report([host('vps3', [control('ssh-root', 'T', { status: 'fail', findings: [seen] })])]);
  const { fix } = withFixes(failing, failing, new Map([['vps3', fixed([])]])).hosts[0]!.controls[0]!;
  const told = withFixes(failing, failing, new Map([['vps3', left('manual', 'by hand')]])).hosts[0]!.controls[0]!.fix;
  expect(JSON.stringify([fix, told])).not.toMatch(/hunter2|correct-horse/);
  expect(told.before).toBe('fail: the password is the shipped one');
});
