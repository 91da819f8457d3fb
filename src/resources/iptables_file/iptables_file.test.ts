import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import file from './index.ts';

const path = '/etc/docker/iptables-rules.conf';
const ask = (changes: Record<string, string> = {}) => {
  const answers = recordedAnswers('hardened-debian12', { [`rules:${path}`]: changes });
  const seen = file.read({ path, chain: 'DOCKER-USER' }, answers);
  return Object.fromEntries(seen.map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));
};

test('the file of the guide is whole, blocks, flushes nothing else and is what is loaded', () => {
  expect(ask()).toEqual({ whole: true, declares: ['DOCKER-USER'], verdict: 'blocked', loaded: true });
});

test('another chain that it declares would be flushed', () => {
  expect(ask({ 'rule|:DOCKER-USER - [0:0]': 'rule|:DOCKER-USER - [0:0]\nrule|:INPUT ACCEPT [0:0]' }).declares).toEqual([
    'DOCKER-USER',
    'INPUT',
  ]);
});

test.each([
  ['another order of states', 'RELATED,ESTABLISHED', 'ESTABLISHED,RELATED', true],
  ['another interface', '-i ens3 -j DROP', '-i ens4 -j DROP', false],
  ['one rule more', '-i ens3 -j DROP', '-i ens3 -j DROP\nrule|-A DOCKER-USER -i ens4 -j DROP', false],
])('%s', (_, old, text, loaded) => expect(ask({ [old]: text }).loaded).toBe(loaded));

test('a last line that does not end is not whole', () => {
  expect(ask({ 'rule|*filter': 'unended|\nrule|*filter' }).whole).toBe(false);
});
