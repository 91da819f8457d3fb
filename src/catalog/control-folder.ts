import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Every control file below these folders, by id; the first folder that has an id wins. */
export async function listControlFiles(folders: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const path of await yamlFiles(folder)) {
      const id = basename(path, '.yaml');
      if (!found.has(id)) found.set(id, path);
    }
  }
  return found;
}

/** Where the proof of a control stands. */
export function casesPath(controlPath: string): string {
  return controlPath.replace(/\.yaml$/, '.cases.yaml');
}

async function yamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'));
  return files.sort().map((name) => join(folder, name));
}
