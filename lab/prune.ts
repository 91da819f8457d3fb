import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { images, layers } from './paths.ts';
import { must } from './run.ts';
import { hostNames, loadState } from './state.ts';
import type { Release } from './types.ts';

const DAY_MS = 86_400_000;

/** Removes what older recipes made: a gigabyte each. Not today's, which another checkout may be about to use. */
export async function prune(release: Release, current: string[]): Promise<void> {
  await withLock('hosts', async () => {
    const states = await Promise.all((await hostNames()).map(loadState));
    const used = new Set([...current, ...states.flatMap((state) => state?.lowers ?? [])]);
    for (const path of await made(release)) {
      if (!used.has(path) && (await ageOf(path)) > DAY_MS) await must('rm', ['-rf', '--one-file-system', path]);
    }
  });
}

async function made(release: Release): Promise<string[]> {
  const names = await Promise.all(
    [images, layers].map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return names.flat().filter((path) => path.includes(`/${release}-`));
}

async function ageOf(path: string): Promise<number> {
  return Date.now() - (await stat(path)).ctimeMs;
}
