import { expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { resolve } from 'node:path';

const recorded = `replay:${resolve('test/hosts/hardened-debian13.json')}`;

test.each([
  [['list', '--control', 'sys-hostname'], /^1 control;/m],
  [['test', '--control', 'sys-timezone-utc'], /cases hold, 0 do not$/m],
  [['run', '--control', 'sys-os-release', '--target', recorded], /1 login, 1 exec$/m],
  [['run', '--control', 'nonsense'], /1 mistake;/],
])('one is one: %j', async (args, wanted) => {
  const { stdout, stderr } = await cli(args, { cwd: folderWith({}) });
  expect(stdout + stderr).toMatch(wanted);
  expect(stdout + stderr).not.toMatch(/\b1 [a-z]+s\b/);
});
