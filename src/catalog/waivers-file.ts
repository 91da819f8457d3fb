import { readFile } from 'node:fs/promises';
import { globMatches } from '../model/glob.ts';
import { Waivers, type Waiver } from '../model/waiver.ts';
import { CatalogError, suggest, unplaced } from './problem.ts';
import { compile } from './validate.ts';
import { parseYaml } from './yaml.ts';

/** Loads accepted risks. A waiver for a control that the profile does not have is a mistake, not a no-op. */
export async function loadWaivers(path: string, ids: string[]): Promise<Waiver[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CatalogError([unplaced(path, 'unreadable', `cannot be read: ${error.code}`)]);
  });
  const yaml = parseYaml(path, text);
  const problems = yaml.problems.length ? yaml.problems : (await compile(Waivers))(yaml);
  if (problems.length) throw new CatalogError(problems);
  const waivers = yaml.data as Waiver[];
  const unknown = waivers.flatMap((waiver, index) => {
    const place = (key: string) => yaml.locate([index, key]);
    const known = ids.some((id) => globMatches(waiver.control, id));
    return [
      ...(known
        ? []
        : [
            {
              ...place('control'),
              code: 'unknown-control',
              message: `no control matches "${waiver.control}"`,
              suggestion: suggest(waiver.control, ids),
            },
          ]),
      ...(isDate(waiver.expires)
        ? []
        : [{ ...place('expires'), code: 'bad-value', message: `"${waiver.expires}" is not a day` }]),
    ];
  });
  if (unknown.length) throw new CatalogError(unknown);
  return waivers;
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
