import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { displayPath } from './places.ts';
import type { Problem } from './problem.ts';

/** What `npm run new:control` left to be filled in: its examples are good enough to pass for a proof. */
export async function placeholdersIn(paths: string[], root: string): Promise<Problem[]> {
  const found = await Promise.all(paths.map(async (path) => inText(displayPath(path, root), await textOf(path))));
  return found.flat();
}

/** The same of `npm run new:resource`, where resources are developed beside the controls. */
export async function placeholdersOfResources(root: string): Promise<Problem[]> {
  const folder = join(root, 'src/resources');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const paths = names.filter((name) => /\.(ts|md)$/.test(name)).map((name) => join(folder, name));
  return placeholdersIn(paths.sort(), root);
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function inText(file: string, text: string): Problem[] {
  return text.split('\n').flatMap((line, at) => {
    const column = line.indexOf('TODO:') + 1;
    const message = 'what the scaffold left is still to be filled in';
    return column > 0 ? [{ file, line: at + 1, column, code: 'placeholder', message }] : [];
  });
}
