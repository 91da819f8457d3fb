import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds this package: where the shipped controls, profiles and schemas are. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The profile that is taken when none is named: the guide's. */
export const defaultProfile = 'ovh-vps3';

/** Where the profile named on the command line is: a path, else `./profiles`, then the shipped ones; null if nowhere. */
export function findProfile(name: string, cwd: string): string | null {
  if (isPath(name)) return existsSync(resolve(cwd, name)) ? resolve(cwd, name) : null;
  const paths = profileFolders(cwd).map((folder) => join(folder, `${name}.yaml`));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** What `--profile` can name without a path. */
export function profileNames(cwd: string): string[] {
  const files = profileFolders(cwd).flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  const names = files.filter((file) => file.endsWith('.yaml')).map((file) => basename(file, '.yaml'));
  return [...new Set(names)].sort();
}

/** Whether `--profile` gives a path rather than a name. */
export function isPath(name: string): boolean {
  return name.includes('/') || name.endsWith('.yaml');
}

/** The folders in which a profile's controls are looked up: the one beside its own folder, then the shipped one. */
export function controlFolders(profilePath: string): string[] {
  const beside = join(dirname(dirname(profilePath)), 'controls');
  return [...new Set([beside, join(packageRoot(), 'controls')])].filter((folder) => existsSync(folder));
}

function profileFolders(cwd: string): string[] {
  return [join(cwd, 'profiles'), join(packageRoot(), 'profiles')];
}

/** A path as reports name it: relative to the folder or package that holds it. */
export function displayPath(path: string, root: string): string {
  const inside = relative(root, path);
  return inside.startsWith('..') ? path : inside.split(sep).join('/');
}
