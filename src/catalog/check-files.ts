import { existsSync } from 'node:fs';
import type { Resource } from '../resources/resource.ts';
import { loadCases } from './cases-file.ts';
import { loadCatalog } from './catalog.ts';
import { loadControlFile } from './control-file.ts';
import { casesPath, listControlFiles, rootOf } from './control-folder.ts';
import { placeholdersIn, placeholdersOfResources } from './placeholders.ts';
import { CatalogError, type Problem } from './problem.ts';
import { loadProfile } from './profile-file.ts';
import { controlSchema } from './schemas/control.ts';
import { unselected } from './unselected.ts';
import { compile } from './validate.ts';

/**
 * Lints a profile, every control file that it could select, and their cases. A control without cases is a mistake only
 * where its neighbours have them: an installed package ships none. So is what a scaffold left. One that no profile selects
 * is a warning.
 */
export async function checkFiles(
  name: string,
  cwd: string,
  resources: Readonly<Record<string, Resource>>,
): Promise<{ problems: Problem[]; warnings: Problem[]; files: number }> {
  const problems: Problem[] = [];
  const profile = await attempt(problems, () => loadProfile(name, cwd));
  if (!profile) return { problems, warnings: [], files: 1 };
  const files = await listControlFiles(profile.folders);
  const validate = await compile(controlSchema(resources));
  for (const path of files.values()) {
    const root = rootOf(path);
    problems.push(...(await loadControlFile(path, root, validate)).problems);
    if (existsSync(casesPath(path)) || isDeveloped(root))
      problems.push(...(await loadCases(casesPath(path), root)).problems);
    problems.push(...(await placeholdersIn([path, casesPath(path)], root)));
  }
  const roots = new Set([...files.values()].map(rootOf));
  for (const root of roots) problems.push(...(await placeholdersOfResources(root)));
  if (problems.length === 0) await attempt(problems, () => loadCatalog({ profile: name, cwd, resources, inputs: {} }));
  return { problems, warnings: await unselected(profile, files), files: 1 + files.size };
}

async function attempt<T>(problems: Problem[], load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/** Where hosts are recorded, controls are developed, and must prove themselves. */
function isDeveloped(root: string): boolean {
  return existsSync(`${root}/test/hosts`);
}
