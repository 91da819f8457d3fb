import { writeFileSync } from 'node:fs';
import { registrySource } from './registry.ts';

export interface GeneratedFile {
  path: string;
  text: string;
}

const registry = 'src/resources/registry.ts';

/** Every generated file with the text it should have. The registry comes first: the others are made of it. */
export async function generated(): Promise<GeneratedFile[]> {
  const text = registrySource();
  if (!process.argv.includes('--check')) writeFileSync(registry, text);
  const { schemaFiles } = await import('./schemas.ts');
  const { resourceDocs, controlDocs } = await import('./docs.ts');
  return [{ path: registry, text }, ...schemaFiles(), resourceDocs(), await controlDocs()];
}
