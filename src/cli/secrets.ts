import { readFile } from 'node:fs/promises';
import { CatalogError, unplaced, type Problem } from '../catalog/index.ts';

/**
 * The values of secret inputs, from the environment (`env:NAME`) or from files (`file:PATH`, one line), by input.
 * @throws {CatalogError} naming every one that is not there; the message never holds a value
 */
export async function readSecrets(sources: Record<string, string>): Promise<Record<string, string>> {
  const problems: Problem[] = [];
  const entries = await Promise.all(
    Object.entries(sources).map(async ([name, source]) => {
      const value = await read(source);
      if (!value || /[\0\n]/.test(value)) problems.push(unusable(name, source, value));
      return [name, value] as const;
    }),
  );
  if (problems.length) throw new CatalogError(problems);
  return Object.fromEntries(entries.map(([name, value]) => [name, value!]));
}

async function read(source: string): Promise<string | undefined> {
  if (source.startsWith('env:')) return process.env[source.slice('env:'.length)];
  const text = await readFile(source.slice('file:'.length), 'utf8').catch(() => undefined);
  return text?.replace(/\r?\n$/, '');
}

function unusable(name: string, source: string, value: string | undefined): Problem {
  const why = value === undefined ? 'cannot be read' : value === '' ? 'is empty' : 'is more than one line';
  return unplaced('--input', 'no-secret', `the secret "${name}": ${source} ${why}`);
}
