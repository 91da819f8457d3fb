import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isIP } from 'node:net';
import { compileRegex } from '../matchers/index.ts';
import { suggest, type Problem } from './problem.ts';
import type { YamlFile } from './yaml.ts';

export type Validator = (yaml: YamlFile, data?: unknown) => Problem[];

/** Compiles a schema into a validator that answers with every mistake, its place and a suggestion. */
export function compile(schema: object): Validator {
  const validate = newAjv().compile(schema);
  return (yaml, data = yaml.data) => problemsOf(validate, yaml, data);
}

/** Our schemas are proven against the meta-schema by the tests; compiling it at every start would cost more than our own. */
function newAjv(): Ajv {
  const ajv = new Ajv({
    ...{ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true },
    ...{ allErrors: true, verbose: true, validateSchema: false, meta: false, code: { optimize: false } },
  });
  ajv.addFormat('re2', { type: 'string', validate: isRegex });
  ajv.addFormat('cidr', { type: 'string', validate: isNetwork });
  return ajv;
}

/** References to inputs are still unknown when a file is first looked at; the bound value is validated again. */
const reference = /^\$\{[a-z][a-z0-9_]*\}$/;

function isRegex(text: string): boolean {
  try {
    compileRegex(text);
    return true;
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  if (reference.test(text)) return true;
  const [base = '', bits = ''] = text.split('/');
  const family = isIP(base);
  return family > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32);
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
      return { code: 'bad-value', message: `"${name}": ${show(data)} is no ${formats[params.format as string]}` };
    case 'pattern':
      return {
        code: 'bad-value',
        message: `"${name}": ${show(data)} is not of the form ${patternWords(parentSchema)}`,
      };
    default:
      return { code: 'bad-value', message: `"${name}" ${error.message ?? 'is not right'}` };
  }
}

const formats: Record<string, string> = {
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
  return examples?.length ? String(examples[0]) : String(pattern);
}

function show(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
