import { createHash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { ajvOptions } from './ajv-options.ts';
import { compiled } from './compiled.ts';
import { formats } from './formats.ts';
import { suggest, type Problem } from './problem.ts';
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
  const words = describe(error, path.at(-1)?.toString() ?? 'the file');
  const place = words.key === undefined ? yaml.locate(path) : yaml.locateKey(path, words.key);
  return {
    ...place,
    code: words.code,
    message: words.message,
    ...(words.suggestion && { suggestion: words.suggestion }),
  };
}

function unescapePointer(part: string): string | number {
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(name) ? Number(name) : name;
}

interface Words {
  code: string;
  message: string;
  suggestion?: string;
  /** The key the error is about, when it is a key and not a value. */
  key?: string;
}

function describe(error: ErrorObject, name: string): Words {
  const { keyword, params, parentSchema, data } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const key = params.additionalProperty as string;
      const known = Object.keys((parentSchema as { properties?: object }).properties ?? {});
      return { code: 'unknown-key', message: `unknown key "${key}"`, suggestion: suggest(key, known), key };
    }
    case 'required':
      return { code: 'missing-key', message: `"${name}" needs "${params.missingProperty as string}"` };
    case 'anyOf':
      return expectsNothing(error, name);
    case 'enum': {
      const known = (params.allowedValues as unknown[]).map(String);
      return { code: 'bad-value', message: `${show(data)} is not a ${name}`, suggestion: suggest(String(data), known) };
    }
    case 'type':
      return { code: 'wrong-type', message: `"${name}" is ${show(data)}, expected ${typeWords(params.type)}` };
    case 'maxProperties':
      return { code: 'too-many-keys', message: `"${name}" holds several keys; write a list, one entry each` };
    case 'minProperties':
    case 'minItems':
      return { code: 'empty', message: `"${name}" is empty` };
    case 'format':
      return { code: 'bad-value', message: `"${name}": ${show(data)} is no ${formatNames[params.format as string]}` };
    case 'pattern':
      return {
        code: 'bad-value',
        message: `"${name}": ${show(data)} is not of the form ${patternWords(parentSchema)}`,
      };
    default:
      return { code: 'bad-value', message: `"${name}" ${error.message ?? 'is not right'}` };
  }
}

const formatNames: Record<string, string> = {
  re2: 'valid regular expression (RE2 syntax)',
  cidr: 'network like 203.0.113.0/24',
};

function expectsNothing(error: ErrorObject, name: string): Words {
  const facts = (error.schema as { required: string[] }[]).map((each) => each.required?.[0] ?? '').filter(Boolean);
  const list = facts.length > 8 ? `${facts.slice(0, 8).join(', ')}, …` : facts.join(', ');
  return {
    code: 'expects-nothing',
    message: `"${name}" looks at something but expects nothing`,
    suggestion: `add one of: ${list}`,
  };
}

function typeWords(type: unknown): string {
  const words = ([type].flat() as string[]).join(',').split(',');
  return [...new Set(words)].map((word) => (word === 'object' ? 'map' : word === 'array' ? 'list' : word)).join(' or ');
}

function patternWords(schema: unknown): string {
  const { examples, pattern } = schema as { examples?: unknown[]; pattern?: string };
  if (examples && examples.length > 1) return `one of ${examples.join(', ')}`;
  return examples?.length ? String(examples[0]) : String(pattern);
}

function show(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
