import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import ip6tables from './index.ts';

const packet = { in: 'external', state: 'NEW' };

test('the hardened host blocks what comes for containers, the bare one has no such chain', () => {
  const verdict = (host: string) => ip6tables.read({ chain: 'DOCKER-USER', packet }, recordedAnswers(host))[0];
  expect(verdict('hardened-debian13')).toMatchObject({ state: 'value', value: 'blocked' });
  expect(verdict('bare-debian13')).toMatchObject({ state: 'absent', message: 'there is no chain DOCKER-USER' });
});

test('where no interface faces the internet only a person can say which does', () => {
  const seen = ip6tables.read(
    { chain: 'DOCKER-USER', packet, external: ['eth9'] },
    recordedAnswers('hardened-debian13'),
  );
  expect(seen).toHaveLength(3);
  for (const each of seen) expect(each).toMatchObject({ state: 'unknown', code: 'needs-person' });
});
