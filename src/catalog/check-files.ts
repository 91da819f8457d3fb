import { existsSync } from 'node:fs';
import type { Resource } from '../resources/resource.ts';
import { loadCases } from './cases-file.ts';
import { loadCatalog } from './catalog.ts';
import { loadControlFile } from './control-file.ts';
import { casesPath, listControlFiles, rootOf } from './control-folder.ts';
import { CatalogError, type Problem } from './problem.ts';
import { loadProfile } from './profile-file.ts';
import { controlSchema } from './schemas/control.ts';
import { compile } from './validate.ts';

/**
 * Lints a profile, every control file that it could select, and their cases. A control without cases is a mistake only
 * where its neighbours have them: an installed package ships none.
 */
export async function checkFiles(
  name: string,
  cwd: string,
  resources: Readonly<Record<string, Resource>>,
): Promise<{ problems: Problem[]; files: number }> {
  const problems: Problem[] = [];
  const profile = await attempt(problems, () => loadProfile(name, cwd));
  if (!profile) return { problems, files: 1 };
  const paths = [...(await listControlFiles(profile.folders)).values()];
  const validate = await compile(controlSchema(resources));
  for (const path of paths) {
    const root = rootOf(path);
    problems.push(...(await loadControlFile(path, root, validate)).problems);
    if (existsSync(casesPath(path)) || isDeveloped(root))
      problems.push(...(await loadCases(casesPath(path), root)).problems);
  }
  if (problems.length === 0) await attempt(problems, () => loadCatalog({ profile: name, cwd, resources, inputs: {} }));
  return { problems, files: 1 + paths.length };
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
