import { expect, test } from 'vitest';
import { fixed } from '../../../test/support/fix.ts';
import { outcomeWords } from './outcome-words.ts';

const targets = new Map([['vps3', 'ssh://ubuntu@vps3']]);
const subject = 'vps3: files and settings that nobody notices';

test('what is fixed says how it is undone', () =>
  expect(outcomeWords(new Map([['vps3', fixed([{}])]]), targets)).toEqual([
    `${subject}: fixed (to undo it: fleet-audit rollback 20261123T100000Z-abcdef --target ssh://ubuntu@vps3)`,
  ]));

test.each(['fix-failed-rolled-back', 'reverted-lockout', 'rollback-failed', 'refused'] as const)(
  '%s says why',
  (status) =>
    expect(outcomeWords(new Map([['vps3', fixed([{ status, reason: 'sshd does not start' }])]]), targets)).toEqual([
      `${subject}: ${status}: sshd does not start`,
    ]),
);

test('a host that could not be reached any more is named', () => {
  const error = { code: 'timeout' as const, message: 'no answer within 10 s', hint: 'try again' };
  const lines = outcomeWords(new Map([['vps3', { ...fixed([]), error }]]), targets);
  expect(lines).toEqual(['vps3: not mended: no answer within 10 s']);
});

test('what a host says stays one harmless line', () => {
  const reason = 'odd\u001b[2J\n::set-env name=X::y';
  const [line] = outcomeWords(new Map([['vps3', fixed([{ status: 'refused', reason }])]]), targets);
  expect(line).toBe(`${subject}: refused: odd\\n::set-env name=X::y`);
});
