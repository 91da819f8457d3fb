import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadGuide } from './audit.ts';

const [guide, debian] = [await loadGuide(), await loadGuide('lab-debian')];

/** Whoever adds to this list says why here and in the profile: it is what the lab does not prove. */
test('what the lab leaves out does not grow quietly', () => {
  expect(debian.leftOut.map((control) => control.id)).toEqual([
    'sys-os-release',
    'docker-apt-repo',
    'docker-no-conflicting-packages',
    'docker-packages',
  ]);
});

test('what the lab sets otherwise does not grow quietly', () => {
  const { set = {}, inputs = {} } = parse(readFileSync('profiles/lab-debian.yaml', 'utf8')) as Record<string, object>;
  expect([set, inputs]).toEqual([{ docker_min_version: '20.10.0', docker_nofile: 4096 }, {}]);
});

test('everything else is as in the guide', () => {
  const setOtherwise = new Set(['docker-engine-version', 'docker-default-ulimits']);
  const kept = guide.controls.filter((control) => !debian.leftOut.some((each) => each.id === control.id));
  const same = (control: { id: string }) => !setOtherwise.has(control.id);
  expect(debian.controls.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  expect(debian.controls.filter(same)).toEqual(kept.filter(same));
});
