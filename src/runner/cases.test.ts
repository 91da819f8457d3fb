import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../catalog/index.ts';
import { controlText } from '../../test/support/control.ts';
import { evidenceOf } from '../../test/support/evidence.ts';
import { folderWith } from '../../test/support/folder.ts';
import { resources } from '../../test/support/thing.ts';
import { runCases } from './cases.ts';

/** The results of a control that asks thing:x only, on a host that answers for x and y. */
async function resultsOf(changes: string) {
  const cwd = folderWith({
    'profiles/mine.yaml': 'id: mine\ntitle: Mine\ncontrols: [t-*]\n',
    'controls/t/t-one.yaml': controlText('t-one', '{ thing: { name: x, word: no } }'),
    'controls/t/t-one.cases.yaml': `cases:
  - { name: good, from: host, expect: pass }
  - name: bad
    from: host
    change:
${changes}
    expect: fail
  - { name: lost, from: host, change: [{ probe: 'thing:x', outcome: lost }], expect: error }
unprovable: It is made up.
`,
    'test/hosts/host.json': JSON.stringify(evidenceOf({ x: 'no', y: 'no' })),
  });
  const catalog = await loadCatalog({ profile: join(cwd, 'profiles/mine.yaml'), cwd, resources, inputs: {} });
  return runCases(catalog.controls[0]!, catalog, resources);
}

test('cases are judged on evidence that is changed as they say', async () => {
  const results = await resultsOf("      - { probe: 'thing:x', replace: { 'no': 'yes' } }");
  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ['good', true],
    ['bad', true],
    ['lost', true],
  ]);
});

test.each([
  [
    'changes what its control does not ask',
    "      - { probe: 'thing:x', stdout: 'yes' }\n      - { probe: 'thing:y', stdout: 'yes' }",
    'controls/t/t-one.cases.yaml:7 changes thing:y, which t-one does not ask; it asks thing:x',
  ],
  [
    'changes what nobody answered',
    "      - { probe: 'thing:z', stdout: 'yes' }",
    'controls/t/t-one.cases.yaml:6 changes thing:z, which t-one does not ask; it asks thing:x',
  ],
  [
    'replaces what is not there',
    "      - { probe: 'thing:x', replace: { 'on': 'yes' } }",
    'controls/t/t-one.cases.yaml:6 "on" does not stand in thing:x, so nothing would be replaced',
  ],
])('a case that %s does not hold, and says where', async (_what, changes, message) => {
  const results = await resultsOf(changes);
  expect(results.find(({ name }) => name === 'bad')).toMatchObject({ ok: false, message });
});
