import { expect, test } from 'vitest';
import { nativeRule } from './native.ts';

const rule = (...expr: object[]) => [JSON.stringify({ nftables: [{ metainfo: {} }, { rule: { chain: 'c', expr } }] })];
const field = (protocol: string, name: string, right: unknown, op = '==') => ({
  match: { op, left: { payload: { protocol, field: name } }, right },
});
const meta = (key: string, right: unknown) => ({ match: { op: '!=', left: { meta: { key } }, right } });

test.each([
  ['interfaces and verdicts', [meta('iifname', 'ens3'), { counter: {} }, { drop: null }]],
  ['a network', [field('ip', 'saddr', { prefix: { addr: '10.0.0.0', len: 8 } }, '!='), { return: null }]],
  ['a range of ports', [field('tcp', 'dport', { range: [1000, 2000] })]],
  ['a module of iptables', [{ xt: { type: 'match', name: 'conntrack' } }]],
  ['a mark with a mask', [{ match: { op: '==', left: { '&': [{ meta: { key: 'mark' } }, 255] }, right: 1 } }]],
])('%s is what iptables writes', (_, expr) => expect(nativeRule(rule(...expr))).toBeNull());

test.each([
  ['a set of addresses', field('ip', 'saddr', { set: ['192.0.2.1', '192.0.2.2'] })],
  ['a named set', field('ip', 'saddr', '@office')],
  ['a range of addresses', field('ip', 'saddr', { range: ['192.0.2.1', '192.0.2.9'] })],
  ['a field that iptables has no option for', field('ip', 'id', 1)],
  ['a length', meta('length', 100)],
  ['a state', { match: { op: 'in', left: { ct: { key: 'state' } }, right: 'new' } }],
  ['a map', { vmap: { key: {}, data: {} } }],
])('%s is not', (_, expression) =>
  expect(nativeRule(rule({ counter: {} }, expression, { drop: null }))).toMatch(/^c: /),
);

test('what is no answer of nft is no good one', () => {
  expect(() => nativeRule(['{"nftables": [{"rule": {"chain"'])).toThrow(SyntaxError);
});
