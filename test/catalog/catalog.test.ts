import { describe, expect, test } from 'vitest';
import { CatalogError, loadCatalog, showProblem } from '../../src/catalog/index.ts';
import { controlText } from '../support/control.ts';
import { folderWith } from '../support/folder.ts';
import { resources } from '../support/thing.ts';

const profile = `id: mine
title: Mine
inputs:
  max: { type: number, default: 3, description: The most }
  words: { type: list, default: [a, b], description: Allowed words }
  must: { type: string, description: Must be given }
controls:
  - t-*
`;
const good = controlText('t-one', '{ thing: { name: x, word: no } }');

async function load(files: Record<string, string>, inputs = {}) {
  const cwd = folderWith({ 'profiles/mine.yaml': profile, 'controls/t/t-one.yaml': good, ...files });
  return loadCatalog({ profile: 'mine', cwd, resources, inputs });
}

async function problems(files: Record<string, string>, inputs = {}): Promise<string[]> {
  const error = await load(files, inputs).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CatalogError)) throw new Error(`expected mistakes, got ${String(error)}`);
  return error.problems.map(showProblem);
}

const one = (check: string, more = '') => ({ 'controls/t/t-one.yaml': controlText('t-one', check, more) });

describe('a profile and its controls', () => {
  test('are bound in order, a whole reference keeping its type', async () => {
    const catalog = await load({
      'controls/t/t-two.yaml': controlText(
        't-two',
        '{ thing: { name: "x-${max}", number: { at_most: "${max}" }, list: { within: "${words}" } } }',
      ),
    });
    expect(catalog.controls.map((each) => each.id)).toEqual(['t-one', 't-two']);
    expect(catalog.controls[1]!.check).toEqual({
      resource: 'thing',
      options: { name: 'x-3', number: { at_most: 3 }, list: { within: ['a', 'b'] } },
    });
  });

  test('an unquoted flow reference is refused by YAML, not guessed', async () => {
    expect(await problems(one('{ thing: { name: ${max}, word: no } }'))).not.toEqual([]);
  });

  describe('a secret input', () => {
    const secret = (source: string) => ({
      'profiles/mine.yaml': profile.replace(
        '  must:',
        `  pw: { type: string, secret: true, description: P, default: '${source}' }\n  must:`,
      ),
      ...one('{ thing: { name: "${pw}", word: no } }'),
    });
    const nameOf = async (source: string) => (await load(secret(source))).controls[0]!.check;

    test('is bound by its name; what lies on the host, by its place', async () => {
      expect(await nameOf('env:PW')).toMatchObject({ options: { name: 'secret:pw' } });
      expect(await nameOf('host-file:/etc/x.env#PW')).toMatchObject({ options: { name: 'host-file:/etc/x.env#PW' } });
    });
    test('has to be found here unless it lies on the host', async () => {
      expect((await load(secret('env:PW'))).secrets).toEqual({ pw: 'env:PW' });
      expect((await load(secret('host-file:/etc/x.env#PW'))).secrets).toEqual({});
    });
    test('given as itself is refused, and not repeated', async () => {
      const [problem] = await problems(secret('hunter2'));
      expect(problem).toMatch(/mine\.yaml:\d+:\d+ wrong-type the default of "pw" is a secret: say where it is/);
      expect(problem).not.toContain('hunter2');
    });
  });

  test('a control left out keeps its reason', async () => {
    const catalog = await load({
      'profiles/mine.yaml': `${profile}  - { id: t-two, leave_out: not here }\n`,
      'controls/t/t-two.yaml': controlText('t-two', '{ thing: { name: x, word: no } }'),
    });
    expect(catalog.leftOut.map((each) => each.id)).toEqual(['t-two']);
    expect(catalog.reasons).toEqual({ 't-two': 'not here' });
  });

  describe('who is to keep access', () => {
    const loadWith = (more: string) =>
      load({ ...one('{ thing: { name: x, word: no } }'), 'profiles/mine.yaml': `${more}\n${profile}` });
    test('is nobody unless the profile says so', async () => expect((await loadWith('')).keepAccess).toEqual([]));
    test('is a list', async () =>
      expect((await loadWith('keep_access: [ann, bob]')).keepAccess).toEqual(['ann', 'bob']));
    test('is what an input says', async () =>
      expect((await loadWith('keep_access: ${words}')).keepAccess).toEqual(['a', 'b']));
    test.each(['ann', '${max}', '${missing}', 'x${words}'])('is no list: %s', async (names) =>
      expect(
        await problems({
          ...one('{ thing: { name: x, word: no } }'),
          'profiles/mine.yaml': `keep_access: '${names}'\n${profile}`,
        }),
      ).toEqual([expect.stringMatching(/mine\.yaml:1:\d+ wrong-type keep_access must be a list of accounts/)]),
    );
  });

  test('an extending profile overrides severity and inputs', async () => {
    const cwd = folderWith({
      'profiles/mine.yaml': profile,
      'profiles/strict.yaml':
        'id: strict\ntitle: S\nextends: mine\nset: { max: 1 }\ncontrols: [{ id: t-one, severity: critical }]\n',
      'controls/t/t-one.yaml': controlText('t-one', '{ thing: { name: x, number: { at_most: "${max}" } } }'),
    });
    const catalog = await loadCatalog({ profile: 'strict', cwd, resources, inputs: {} });
    expect(catalog.controls[0]).toMatchObject({ severity: 'critical', check: { options: { number: { at_most: 1 } } } });
  });
});

describe('mistakes have a place, a code and a suggestion', () => {
  test.each<[name: string, files: Record<string, string>, wanted: RegExp]>([
    [
      'a misspelt fact',
      one('{ thing: { name: x, wrod: no } }'),
      /t-one\.yaml:8:25 unknown-key unknown key "wrod" \(did you mean "word"\?\)/,
    ],
    [
      'a misspelt resource',
      one('{ thnig: { name: x, word: no } }'),
      /t-one\.yaml:8:7 unknown-key .*did you mean "thing"/,
    ],
    [
      'a misspelt matcher',
      one('{ thing: { name: x, number: { atleast: 3 } } }'),
      /unknown-key .*did you mean "at_least"/,
    ],
    ['a check that expects nothing', one('{ thing: { name: x } }'), /expects-nothing .*add one of: word, number/],
    ['an empty expectation', one('{ thing: { name: x, word: {} } }'), /empty/],
    [
      'an empty check',
      { 'controls/t/t-one.yaml': good.replace(/check:[^]*/, 'check: []\n') },
      /empty "check" is empty/,
    ],
    ['a wrong type', one('{ thing: { name: x, number: three } }'), /bad-value|wrong-type/],
    ['a list bound where a number belongs', one('{ thing: { name: x, number: "${words}" } }'), /wrong-type/],
    [
      'a list inside a text',
      one('{ thing: { name: "a${words}", word: no } }'),
      /is a list and cannot stand inside a text/,
    ],
    [
      'an unknown input',
      one('{ thing: { name: "${mx}", word: no } }'),
      /t-one\.yaml:8:\d+ unknown-input unknown input "mx" \(did you mean "max"\?\)/,
    ],
    ['an input without a value', one('{ thing: { name: "${must}", word: no } }'), /missing-input .*--input must=/],
    ['a bad expression', one('{ thing: { name: x, word: { matches: "(" } } }'), /no valid regular expression/],
    [
      'a back-reference, which is not linear-time',
      one('{ thing: { name: x, word: { matches: "(a)\\\\1" } } }'),
      /no valid regular expression/,
    ],
    ['a duplicate key', { 'controls/t/t-one.yaml': `${good}title: again\n` }, /t-one\.yaml:9:1 yaml-duplicate-key/],
    ['a custom tag', one('{ thing: { name: !env HOME, word: no } }'), /yaml-tag/],
    ['a merge key', one('{ thing: { <<: { name: x }, word: no } }'), /unknown-key unknown key "<<"/],
    [
      'an id that is not the file name',
      { 'controls/t/t-one.yaml': good.replace('id: t-one', 'id: t-uno') },
      /id-mismatch .*did you mean "t-one"/,
    ],
    [
      'an unknown severity',
      { 'controls/t/t-one.yaml': good.replace('high', 'hihg') },
      /bad-value "hihg" is not a severity \(did you mean "high"\?\)/,
    ],
    [
      'a section that is a number',
      { 'controls/t/t-one.yaml': good.replace('"1"', '1') },
      /wrong-type "section" is 1, expected string/,
    ],
    [
      'an entry of a list that is a number',
      { 'controls/t/t-one.yaml': good.replace(/^tags: .*$/m, 'tags: [core, 1]') },
      /wrong-type "tags\[1\]" is 1, expected string/,
    ],
    [
      'a profile that selects a typo',
      { 'profiles/mine.yaml': profile.replace('t-*', 't-onne') },
      /mine\.yaml:8:5 unknown-control .*did you mean "t-one"/,
    ],
    [
      'a misspelt profile key',
      { 'profiles/mine.yaml': `${profile}contrls: []\n` },
      /unknown-key .*did you mean "controls"/,
    ],
    [
      'a default of another type',
      { 'profiles/mine.yaml': profile.replace('default: 3', 'default: three') },
      /mine\.yaml:4:\d+ wrong-type/,
    ],
    ['two documents', { 'controls/t/t-one.yaml': `${good}---\nid: x\n` }, /yaml-multiple-docs/],
  ])('%s', async (_, files, wanted) => {
    expect((await problems(files)).join('\n')).toMatch(wanted);
  });

  test('all of them come at once', async () => {
    const found = await problems({
      'controls/t/t-one.yaml': controlText('t-one', '{ thing: { name: x, wrod: no } }', 'sevrity: x\n'),
      'controls/t/t-two.yaml': controlText('t-two', '{ thing: { name: x } }'),
    });
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  test('an unknown profile names where it was looked for', async () => {
    const missing = loadCatalog({ profile: 'ovh-vps4', cwd: folderWith({}), resources, inputs: {} });
    await expect(missing).rejects.toThrow(/no profile "ovh-vps4".*did you mean "ovh-vps3"/);
  });

  test('an alias bomb is refused, not expanded', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((each, i) => `${each}: &${each} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ].join('\n');
    expect((await problems({ 'controls/t/t-one.yaml': bomb })).join()).toMatch(/yaml-aliases/);
  });
});
