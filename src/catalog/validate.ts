import { createHash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { ajvOptions } from './ajv-options.ts';
import { compiled } from './compiled.ts';
import { formats } from './formats.ts';
import type { Problem } from './problem.ts';
import { schemaWords } from './schema-words.ts';
import type { YamlFile } from './yaml.ts';

export type Validator = (yaml: YamlFile, data?: unknown) => Problem[];

/** A validator for a schema that answers with every mistake, its place and a suggestion. */
export async function compile(schema: object): Promise<Validator> {
  const validate = await compileSchema(schema);
  return (yaml, data = yaml.data) => problemsOf(validate, yaml, data);
}

/** The bare validator: the one that was compiled ahead for this very schema, else compiled now. */
export async function compileSchema(schema: object): Promise<ValidateFunction> {
  const ahead = compiled[digestOfSchema(schema)];
  if (ahead) return ahead;
  const { Ajv } = await import('ajv');
  return new Ajv({ ...ajvOptions, formats }).compile(schema);
}

export function digestOfSchema(schema: object): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16);
}

function problemsOf(validate: ValidateFunction, yaml: YamlFile, data: unknown): Problem[] {
  if (validate(data)) return [];
  const problems = telling(validate.errors ?? []).map((error) => toProblem(error, yaml));
  const unique = new Map(problems.map((each) => [`${each.line}:${each.column}:${each.message}`, each]));
  return [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Without what only follows from another: the parts of an `anyOf`, and "expects nothing" where a fact is misspelt. */
function telling(errors: ErrorObject[]): ErrorObject[] {
  const misspelt = new Set(
    errors.filter((each) => each.keyword === 'additionalProperties').map((each) => each.instancePath),
  );
  return errors.filter(
    (each) => !each.schemaPath.includes('/anyOf/') && !(each.keyword === 'anyOf' && misspelt.has(each.instancePath)),
  );
}

function toProblem(error: ErrorObject, yaml: YamlFile): Problem {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const words = schemaWords(error, nameOf(path));
  const place = words.key === undefined ? yaml.locate(path) : yaml.locateKey(path, words.key);
  return {
    ...place,
    code: words.code,
    message: words.message,
    ...(words.suggestion && { suggestion: words.suggestion }),
  };
}

/** An entry of a list has no name of its own. */
function nameOf(path: (string | number)[]): string {
  const [key, entry] = path.slice(-2);
  return typeof entry === 'number' ? `${key}[${entry}]` : String(path.at(-1) ?? 'the file');
}

function unescapePointer(part: string): string | number {
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(name) ? Number(name) : name;
}
