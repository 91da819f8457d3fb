import type { ErrorObject } from 'ajv';
import { suggest } from './problem.ts';

/** What an error of the validator means for whoever wrote the file. */
export interface Words {
  code: string;
  message: string;
  suggestion?: string;
  /** The key the error is about, when it is a key and not a value. */
  key?: string;
}

/** Says it by the name of what it is about. */
export function schemaWords(error: ErrorObject, name: string): Words {
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
