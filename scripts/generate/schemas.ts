import { schemaTexts } from '../../src/cli/schemas.ts';
import type { GeneratedFile } from './files.ts';

/** `schemas/*.schema.json`, exactly as `fleet-audit schema` prints them. */
export function schemaFiles(): GeneratedFile[] {
  return Object.entries(schemaTexts()).map(([name, text]) => ({ path: `schemas/${name}.schema.json`, text }));
}
