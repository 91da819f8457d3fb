import type { Schema } from '../../matchers/index.ts';

const reference = '\\$\\{[a-z][a-z0-9_]*\\}';

/**
 * The schema of a file as written, where any scalar or list may be a `${reference}` to an input, and any text may hold
 * one. The bound control, in which no reference is left, is validated again, so this only widens what may be *written*.
 */
export function relax(schema: Schema): Schema {
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, relaxMember(key, value)]));
  return widen(inner);
}

function relaxMember(key: string, value: unknown): unknown {
  if (key === 'properties' || key === 'definitions') {
    return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, relax(each as Schema)]));
  }
  if (key === 'items') return relax(value as Schema);
  return value;
}

function widen(schema: Schema): Schema {
  const types = [schema.type].flat().filter(Boolean) as string[];
  if (types.length === 0 || schema.enum || (types.length === 1 && types[0] === 'object')) return schema;
  if (types.includes('string')) {
    // A reference may be a part of the text, too: `${dir}/.env`.
    return schema.pattern ? { ...schema, pattern: `${reference}|${schema.pattern as string}` } : schema;
  }
  return { ...schema, type: [...types, 'string'], pattern: `^${reference}$` };
}
