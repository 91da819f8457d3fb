import { suggest } from './problem.ts';
import { isSecretSource } from './secrets.ts';
import type { InputDefinition, InputValue } from './schemas/profile.ts';

export type Inputs = Readonly<Record<string, InputValue>>;

const whole = /^\$\{([a-z][a-z0-9_]*)\}$/;
const inside = /\$\{([^}]*)\}/g;

/** What went wrong at one place of a value, addressed by its path. */
export interface BindError {
  path: (string | number)[];
  message: string;
  suggestion?: string;
}

/**
 * Puts inputs where `${name}` stands. A reference that is the whole scalar keeps its type (a list stays a list); inside
 * a string only scalars are put. There is no other templating.
 */
export function bind(value: unknown, inputs: Inputs, errors: BindError[], path: (string | number)[] = []): unknown {
  if (typeof value === 'string') return bindText(value, inputs, errors, path);
  if (Array.isArray(value)) return value.map((item, index) => bind(item, inputs, errors, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, bind(each, inputs, errors, [...path, key])]),
  );
}

/** Every input that a value refers to. */
export function references(value: unknown): string[] {
  const text = JSON.stringify(value) ?? '';
  return [...text.matchAll(inside)].map((match) => match[1]!);
}

/** A value from the command line (`--input k=v`) as the type that the input declares; null if it is not of that type. */
export function parseInput(definition: InputDefinition, text: string): InputValue | null {
  switch (definition.type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'list':
      return text === '' ? [] : text.split(',').map((item) => item.trim());
    default:
      return text;
  }
}

/** What is wrong with a value for an input, to be read after the input's name; null if nothing is. Never quotes a secret. */
export function misfit(definition: InputDefinition, value: unknown): string | null {
  if (!isOfType(definition, value)) return `must be a ${definition.type}`;
  return definition.secret && !isSecretSource(value)
    ? 'is a secret: say where it is (env:NAME, file:PATH, or host-file:/PATH#KEY on the audited host), not what it is'
    : null;
}

function isOfType({ type }: InputDefinition, value: unknown): boolean {
  if (type === 'list') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === type;
}

function bindText(text: string, inputs: Inputs, errors: BindError[], path: (string | number)[]): unknown {
  const name = whole.exec(text)?.[1];
  if (name !== undefined) return lookUp(name, inputs, errors, path) ?? text;
  return text.replace(inside, (reference, inner: string) => {
    const value = lookUp(inner, inputs, errors, path);
    if (Array.isArray(value)) errors.push({ path, message: `\${${inner}} is a list and cannot stand inside a text` });
    return value === undefined || Array.isArray(value) ? reference : String(value);
  });
}

function lookUp(name: string, inputs: Inputs, errors: BindError[], path: (string | number)[]): InputValue | undefined {
  if (Object.hasOwn(inputs, name)) {
    if (references(inputs[name]).length)
      errors.push({ path, message: `the value of input "${name}" holds a reference` });
    return inputs[name];
  }
  errors.push({ path, message: `unknown input "${name}"`, suggestion: suggest(name, Object.keys(inputs)) });
  return undefined;
}
