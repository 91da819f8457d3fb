import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/index.ts';
import { resources } from '../../src/resources/registry.ts';

const page = readFileSync('docs/guide-map.md', 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| the guide says'));
const catalog = await loadCatalog({ profile: 'ovh-vps3', cwd: process.cwd(), resources, inputs: {} });
const ids = catalog.controls.map((control) => control.id);
const mapped = rows.flatMap(idsIn);

test('has every section of the guide', () => {
  const sections = [...page.matchAll(/^## (\d+)\. /gm)].map((match) => Number(match[1]));
  expect(sections).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('every statement has a control, or the reason for none', () => {
  expect(rows.length).toBeGreaterThan(100);
  const neither = rows.filter((row) => idsIn(row).length === 0 && !/\| none: .{10,} \|$/.test(row));
  expect(neither).toEqual([]);
});

test('names no control that the profile does not have', () => {
  expect(mapped.filter((id) => !ids.includes(id))).toEqual([]);
});

test('names every control of the profile', () => {
  expect(ids.filter((id) => !mapped.includes(id))).toEqual([]);
});

test('a control stands in the section of the guide that it says it checks', () => {
  const elsewhere = catalog.controls.filter((control) => !idsIn(sectionOf(control.section)).includes(control.id));
  expect(elsewhere.map((control) => `${control.id} is not in section ${control.section}`)).toEqual([]);
});

test('the three sentences the product is known by are titles', () => {
  const titles = catalog.controls.map((control) => control.title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'ens3 DROP present in DOCKER-USER',
      'Only 22/tcp open via nmap',
      'Redis ex_001 gets NOPERM',
    ]),
  );
});

/** The text of one section of the page. */
function sectionOf(section: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${section}. `)) ?? '';
}

/** Control ids in backquotes with a dash in the second column. */
function idsIn(text: string): string[] {
  const cells = text.split('\n').map((line) => line.split(' | ')[1] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((match) => match[1]!));
}
