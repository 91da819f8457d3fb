import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import networks from './index.ts';

const ask = (answers: ReturnType<typeof recordedAnswers>) =>
  Object.fromEntries(
    networks.read({}, answers).map((each) => [each.fact, each.state === 'value' ? each.value : each.state]),
  );

test('names them all, and those with IPv6', () => {
  expect(ask(recordedAnswers('hardened-debian12'))).toEqual({
    names: expect.arrayContaining(['bridge', 'host', 'none', 'fleetclaw']),
    ipv6: [],
  });
  const six = { 'docker.networks': { '"EnableIPv6":false': '"EnableIPv6":true' } };
  expect(ask(recordedAnswers('hardened-debian12', six)).ipv6).toContain('fleetclaw');
});

test('a list that was cut off is none', () => {
  const answers = recordedAnswers('hardened-debian13');
  const { stdout } = answers['docker.networks']!;
  for (let at = 0; at < stdout.length - 1; at += 97) {
    const cut = { ...answers, 'docker.networks': { ...answers['docker.networks']!, stdout: stdout.slice(0, at) } };
    expect(ask(cut)).toEqual({ names: 'unknown', ipv6: 'unknown' });
  }
});
