import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadGuide } from './audit.ts';

const [guide, debian] = [await loadGuide(), await loadGuide('lab-debian')];

/** Whoever adds to this list says why here and in the profile: it is what the lab does not prove. */
test('what the lab leaves out does not grow quietly', () => {
  expect(debian.leftOut.map((control) => control.id)).toEqual(['sys-os-release']);
});

test('what the lab sets otherwise does not grow quietly', () => {
  const { set = {}, inputs = {} } = parse(readFileSync('profiles/lab-debian.yaml', 'utf8')) as Record<string, object>;
  expect([set, inputs]).toEqual([{}, {}]);
});

test('everything else is as in the guide', () => {
  const kept = guide.controls.filter((control) => !debian.leftOut.some((each) => each.id === control.id));
  expect(debian.controls).toEqual(kept);
});
