import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CatalogError, unplaced, type Problem } from './problem.ts';

/**
 * Every control file below these folders, by id; the first folder that has an id wins. Throws CatalogError for what
 * would be left out without a word: two files for one id in a folder, a suffix that is not `.yaml`.
 */
export async function listControlFiles(folders: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    const paths = await controlFiles(folder);
    const problems = [...wrongSuffixes(paths), ...duplicates(paths)];
    if (problems.length) throw new CatalogError(problems);
    for (const path of paths) if (!found.has(idOf(path))) found.set(idOf(path), path);
  }
  return found;
}

/** Where the proof of a control stands. */
export function casesPath(controlPath: string): string {
  return controlPath.replace(/\.yaml$/, '.cases.yaml');
}

/** The folder that holds `controls/`, and beside it `profiles/` and the recorded hosts. */
export function rootOf(controlPath: string): string {
  return dirname(dirname(dirname(controlPath)));
}

async function controlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.ya?ml$/i.test(name) && !name.endsWith('.cases.yaml'));
  return files.sort().map((name) => join(folder, name));
}

function wrongSuffixes(paths: string[]): Problem[] {
  const wrong = paths.filter((path) => !path.endsWith('.yaml'));
  return wrong.map((file) => unplaced(file, 'wrong-suffix', 'a control file ends in .yaml, this one would be ignored'));
}

function duplicates(paths: string[]): Problem[] {
  const twice = paths.filter((path, index) => paths.findIndex((other) => idOf(other) === idOf(path)) < index);
  return twice.map((file) => unplaced(file, 'duplicate-id', `another file is called ${idOf(file)}.yaml too`));
}

function idOf(path: string): string {
  return basename(path, '.yaml');
}
