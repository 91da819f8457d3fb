import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFiles, showProblem } from '../../src/catalog/index.ts';
import { resources } from '../../src/resources/registry.ts';
import { controlText } from '../support/control.ts';
import { folderWith } from '../support/folder.ts';

const check = '{ file: { path: /etc/hosts, exists: true } }';
const profile = (id: string, controls: string) => `id: ${id}\ntitle: T\ncontrols: [${controls}]\n`;

async function checked(files: Record<string, string>) {
  const cwd = folderWith({
    'profiles/mine.yaml': profile('mine', 't-one'),
    'controls/t/t-one.yaml': controlText('t-one', check),
    ...files,
  });
  const { problems, warnings } = await checkFiles('mine', cwd, resources);
  return { problems: problems.map(showProblem), warnings: warnings.map(showProblem) };
}

test('a control that no profile selects is a warning with its path', async () => {
  const other = profile('other', 't-two, { id: t-three, leave_out: not here }');
  const ids = ['t-two', 't-three', 't-four'];
  const { problems, warnings } = await checked({
    ...Object.fromEntries(ids.map((id) => [`controls/t/${id}.yaml`, controlText(id, check)])),
    'profiles/other.yaml': other,
    'profiles/broken.yaml': 'id: [',
  });
  expect(warnings).toEqual(['controls/t/t-four.yaml unselected no profile selects it, so nobody ever asks it']);
  expect(problems).toEqual([]);
});

describe('what a scaffold left to be filled in is a mistake, line by line', () => {
  test('in a control and its cases', async () => {
    const { problems } = await checked({
      'controls/t/t-one.yaml': controlText('t-one', check)
        .replace('Why it', "'TODO: why it")
        .replace('matters.', "matters.'"),
      'controls/t/t-one.cases.yaml': `cases: # TODO: three at least
  - { name: good, from: host, expect: pass }
  - { name: bad, from: host, expect: fail }
  - { name: lost, from: host, expect: error }
unprovable: It is made up.
`,
    });
    expect(problems).toEqual([
      'controls/t/t-one.yaml:5:15 placeholder what the scaffold left is still to be filled in',
      'controls/t/t-one.cases.yaml:1:10 placeholder what the scaffold left is still to be filled in',
    ]);
  });

  test('in a resource that is developed beside them', async () => {
    const { problems } = await checked({ 'src/resources/motd/README.md': '# motd\n\nTODO: What it reads.\n' });
    expect(problems).toEqual([
      'src/resources/motd/README.md:3:1 placeholder what the scaffold left is still to be filled in',
    ]);
  });

  test('in all that the scaffolds write', async () => {
    const cwd = folderWith({ 'profiles/mine.yaml': profile('mine', 'sys-*, t-*') });
    for (const [script, name] of [
      ['new-control', 't-one'],
      ['new-resource', 'motd'],
    ]) {
      execFileSync(resolve('node_modules/.bin/tsx'), [resolve(`scripts/${script}.ts`), name!], { cwd });
    }
    const { problems, warnings } = await checkFiles('mine', cwd, resources);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['placeholder']));
    expect(warnings).toEqual([]);
    expect([...new Set(problems.map(({ file }) => file))]).toEqual([
      'controls/t/t-one.yaml',
      'controls/t/t-one.cases.yaml',
      'src/resources/motd/README.md',
      'src/resources/motd/index.ts',
      'src/resources/motd/motd.test.ts',
    ]);
  });
});
