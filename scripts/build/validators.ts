import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { ajvOptions, Cases, controlSchema, digestOfSchema, Profile } from '../../src/catalog/index.ts';
import { formats } from '../../src/catalog/formats.ts';
import { Evidence } from '../../src/model/evidence.ts';
import { Waivers } from '../../src/model/waiver.ts';
import { resources } from '../../src/resources/registry.ts';

/** The source of `src/catalog/compiled.ts` as it is bundled: a validator for each schema, made ahead. */
export function validatorsSource(): string {
  const code = { source: true, esm: true, formats: _`formats` };
  const ajv = new Ajv({ ...ajvOptions, formats, code });
  const schemas = [controlSchema(resources), Profile, Cases, Waivers, Evidence].map((schema) => ({ ...schema }));
  const names = schemas.map((schema, index) => [`shape${index}`, digestOfSchema(schema)] as const);
  for (const [index, schema] of schemas.entries()) ajv.addSchema(schema, `shape${index}`);
  const source = standalone.default(ajv, Object.fromEntries(names.map(([name]) => [name, name])));
  const table = names.map(([name, digest]) => `'${digest}': ${name}`).join(', ');
  return `import { formats } from './formats.ts';\n${source}\nexport const compiled = { ${table} };\n`;
}
