import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { globMatches } from '../model/glob.ts';
import { rootOf } from './control-folder.ts';
import { displayPath } from './places.ts';
import { CatalogError, unplaced, type Problem } from './problem.ts';
import { loadProfile, type LoadedProfile } from './profile-file.ts';

/** Controls that neither this profile selects nor one beside their folder, with `paths` by id: they are never asked. */
export async function unselected(profile: LoadedProfile, paths: ReadonlyMap<string, string>): Promise<Problem[]> {
  const beside = await Promise.all(profile.folders.map((folder) => profilesIn(join(dirname(folder), 'profiles'))));
  const globs = [profile, ...beside.flat()].flatMap(({ selections }) => selections.map(({ id }) => id));
  const never = [...paths].filter(([id]) => !globs.some((glob) => globMatches(glob, id)));
  const message = 'no profile selects it, so nobody ever asks it';
  return never.map(([, path]) => unplaced(displayPath(path, rootOf(path)), 'unselected', message));
}

async function profilesIn(folder: string): Promise<LoadedProfile[]> {
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
  return (await Promise.all(paths.map(loadIfGood))).filter((each) => each !== null);
}

/** What another profile has wrong is told by checking that one. */
async function loadIfGood(path: string): Promise<LoadedProfile | null> {
  return loadProfile(path, dirname(path)).catch((error: unknown) => {
    if (error instanceof CatalogError) return null;
    throw error;
  });
}
