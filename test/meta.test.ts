import { Ajv } from 'ajv';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFiles } from '../src/catalog/index.ts';
import { schemaTexts } from '../src/cli/schemas.ts';
import { matcherNames } from '../src/matchers/index.ts';
import { resources } from '../src/resources/registry.ts';

const types = Object.keys(resources);
const folders = readdirSync('src/resources', { withFileTypes: true }).filter((each) => each.isDirectory());

describe('conventions', () => {
  test('every folder of resources is registered, under its own name', () => {
    expect(folders.map((each) => each.name).sort()).toEqual(types.toSorted());
    for (const type of types) expect(resources[type]!.type).toBe(type);
  });

  test.each(types)('resource %s has a README, tests, and says what each option and fact is', (type) => {
    const files = readdirSync(`src/resources/${type}`);
    expect(files).toContain('README.md');
    expect(files.some((name) => name.endsWith('.test.ts'))).toBe(true);
    const { facts, select } = resources[type]!;
    expect(Object.keys(facts).length).toBeGreaterThan(0);
    for (const fact of Object.values(facts)) {
      expect(fact.description).not.toBe('');
      expect(matcherNames(fact).length).toBeGreaterThan(0);
      expect(fact.kind === 'boolean' ? fact.says : 'said').toBeTruthy();
    }
    for (const option of Object.values(select.properties)) expect(option).toHaveProperty('description');
    expect(Object.keys(facts).filter((name) => name in select.properties)).toEqual([]);
  });

  test('no control, profile or cases file has a mistake', async () => {
    const { problems, warnings, files } = await checkFiles('ovh-vps3', process.cwd(), resources);
    expect([...problems, ...warnings]).toEqual([]);
    expect(files).toBeGreaterThan(1);
  });

  test.each(Object.entries(schemaTexts()))(
    'the schema of %s is valid draft-07 and committed as it is',
    (name, text) => {
      const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
      for (const format of ['re2', 'cidr']) ajv.addFormat(format, true);
      expect(() => ajv.compile(JSON.parse(text) as object)).not.toThrow();
      expect(readFileSync(`schemas/${name}.schema.json`, 'utf8')).toBe(text);
    },
  );

  test('every link of the docs leads somewhere', () => {
    const pages = [
      ...pagesIn('docs'),
      ...pagesIn('src/resources'),
      ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'lab/README.md'],
    ];
    expect(pages).toContain('docs/decisions/README.md');
    const broken = pages.flatMap((page) =>
      linksIn(page)
        .filter((link) => !existsSync(join(dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

function pagesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

function linksIn(page: string): string[] {
  const links = readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g);
  return [...links].map((match) => match[1]!);
}
