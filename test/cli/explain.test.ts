import { expect, test } from 'vitest';
import { cli } from '../support/cli.ts';

const explained = async (id: string) => (await cli(['explain', id])).stdout;

test('explain says what --fix would do, at what risk, what must hold before, and every step', async () => {
  const said = await explained('ufw-no-unexpected-allow');
  expect(said).toMatch(/\n\nTo mend it\n {2}\S/);
  expect(said).toMatch(/\n\nWhat run --fix does instead\n {2}risk: access\n/);
  expect(said).toMatch(/\n {2}careful: \S/);
  expect(said).toMatch(/\n {2}only when these hold: ufw-active-live\n/);
  expect(said).toMatch(/\n {2}steps:\n {4}- ufw:\n/);
});

test('inputs are put into the steps', async () => {
  expect(await explained('sysctl-swappiness')).toMatch(/- sysctl:\n {8}vm\.swappiness: \d+\n/);
});

test('of a control without steps it says that a person mends it', async () => {
  expect(await explained('sys-os-release')).toMatch(/\n\nrun --fix leaves this to a person\.\n/);
});
