import { expect, test } from 'vitest';
import { bundle } from './bundles.ts';
import type { Trial } from './trials.ts';

const ids = ['ssh-one', 'ssh-two', 'env-mode', 'ufw-on', 'docker-on', 'redis-acl'];
const trial = (control: string, also: string[] = []): Trial => ({
  control,
  name: control,
  do: ':',
  says: [],
  also,
  kind: 'violation',
});

test('every trial is in exactly one bundle', () => {
  const trials = ids.map((id) => trial(id));
  expect(bundle(trials, ids, 3).flat().toSorted(byName)).toEqual(trials.toSorted(byName));
});

test('two of one area never share a host', () => {
  expect(bundle([trial('ssh-one'), trial('ssh-two')], ids, 5)).toHaveLength(2);
});

test('what one may move, no other one is about', () => {
  expect(bundle([trial('docker-on', ['redis-*']), trial('redis-acl')], ids, 5)).toHaveLength(2);
  expect(bundle([trial('docker-on', ['env-mode']), trial('ufw-on', ['env-*'])], ids, 5)).toHaveLength(2);
});

test('no host takes more than it is told', () => {
  expect(
    bundle(
      ids.map((id) => trial(id)),
      ids,
      2,
    ).every((each) => each.length <= 2),
  ).toBe(true);
});

function byName(a: Trial, b: Trial): number {
  return a.control.localeCompare(b.control);
}
