import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import ip6tables from './index.ts';

const packet = { in: 'external', state: 'NEW' };

test('the hardened host blocks what comes for containers, the bare one has no such chain', () => {
  const verdict = (host: string) => ip6tables.read({ chain: 'DOCKER-USER', packet }, recordedAnswers(host))[0];
  expect(verdict('hardened-debian13')).toMatchObject({ state: 'value', value: 'blocked' });
  expect(verdict('bare-debian13')).toMatchObject({ state: 'absent', message: 'there is no chain DOCKER-USER' });
});
