import { expect, test } from 'vitest';
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
  expect(await checked({ 'controls/t/t-two.yaml': controlText('t-two', check) })).toEqual({
    problems: [],
    warnings: ['controls/t/t-two.yaml unselected no profile selects it, so nobody ever asks it'],
  });
});

test.each([
  ['selected by another profile', profile('other', 't-two')],
  ['left out with a reason', profile('other', '{ id: t-two, leave_out: not here }')],
])('one that is %s is none', async (_what, other) => {
  const files = { 'controls/t/t-two.yaml': controlText('t-two', check), 'profiles/other.yaml': other };
  expect(await checked(files)).toEqual({ problems: [], warnings: [] });
});

test('what another profile has wrong is not told of this one', async () => {
  expect(await checked({ 'profiles/other.yaml': 'id: [' })).toEqual({ problems: [], warnings: [] });
});
