import { readFile } from 'node:fs/promises';
import { CatalogError, unplaced, type Problem } from '../catalog/index.ts';

/** Every answer that repeats a secret is masked; one that is part of ordinary words would mask those, and no question would be answered. */
const shortest = 8;

/**
 * The values of secret inputs, from the environment (`env:NAME`) or from files (`file:PATH`, one line), by input.
 * @throws {CatalogError} naming every one that is not there or cannot be one; the message never holds a value
 */
export async function readSecrets(sources: Record<string, string>): Promise<Record<string, string>> {
  const problems: Problem[] = [];
  const entries = await Promise.all(
    Object.entries(sources).map(async ([name, source]) => {
      const value = await read(source);
      const why = unusable(value);
      if (why) problems.push(unplaced('--input', 'no-secret', `the secret "${name}": ${source} ${why}`));
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

function unusable(value: string | undefined): string | null {
  if (value === undefined) return 'cannot be read';
  if (value === '') return 'is empty';
  if (/[\0\n]/.test(value)) return 'is more than one line';
  return value.length < shortest
    ? `is shorter than ${shortest} characters, too short to be told from other words`
    : null;
}
