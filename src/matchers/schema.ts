import type { Fact, FactKind } from './types.ts';

/** JSON Schema (draft-07), kept loose: it is data for ajv and for editors. */
export type Schema = Record<string, unknown>;

/**
 * The schema of an expectation of this fact. Facts of one kind share one definition, because a validator compiles each
 * only once; records have fields of their own, and closed sets their own words: a misspelt `not` would always hold.
 */
export function expectationSchema(fact: Fact): Schema {
  const { kind, description } = fact;
  if (kind === 'records') return { ...kindSchema(fact), description };
  return { $ref: `#/definitions/${definitionName(fact)}`, description };
}

/** What `expectationSchema` of these facts refers to. */
export function expectationDefinitions(facts: Fact[]): Record<string, Schema> {
  const all = facts.flatMap((fact) => (fact.kind === 'records' ? Object.values(fact.fields ?? {}) : [fact]));
  return Object.fromEntries(all.map((fact) => [definitionName(fact), kindSchema({ ...fact, description: '' })]));
}

function definitionName({ kind, values = [] }: Fact): string {
  return ['expect', kind, ...values].join('_').replace(/[^A-Za-z0-9_]/g, '_');
}

/**
 * A literal of the kind, or a map of the matchers that it knows. Written with `type` lists instead of `anyOf`, because a
 * validator's errors are then exact.
 */
function kindSchema(fact: Fact): Schema {
  const literal = literals[fact.kind](fact);
  const types = [literal.type].flat().filter((type) => type !== 'object');
  return {
    ...literal,
    type: [...types, 'object'],
    minProperties: 1,
    additionalProperties: false,
    properties: matcherSchemas(fact),
  };
}

/** Names of the matchers that facts of this kind know, for docs. */
export function matcherNames(fact: Fact): string[] {
  return Object.keys(matcherSchemas(fact));
}

const durationPattern = '^([0-9]+|([0-9]+[smhdw])+)$';
const sizePattern = '^[0-9]+(\\.[0-9]+)? ?[KMGT]?(i?B)?$';
const strings = { type: 'array', items: { type: 'string' } };

const includes = { type: ['string', 'array'], items: { type: 'string' }, minItems: 1 };

const literals: Record<FactKind, (fact: Fact) => Schema> = {
  text: ({ values }) => ({
    type: 'string',
    ...(values && { pattern: `^(${values.join('|')})$`, examples: [...values] }),
  }),
  number: () => ({ type: 'number' }),
  boolean: () => ({ type: 'boolean' }),
  mode: () => ({ type: 'string', pattern: '^[0-7]{3,4}$' }),
  duration: () => ({ type: ['number', 'string'], pattern: durationPattern, minimum: 0 }),
  size: () => ({ type: ['number', 'string'], pattern: sizePattern, minimum: 0 }),
  words: () => ({ ...strings }),
  records: () => ({ type: 'object' }),
};

function matcherSchemas(fact: Fact): Record<string, Schema> {
  return { ...byKind[fact.kind](fact), absent: { type: 'boolean', description: 'That it is not there at all' } };
}

const byKind: Record<FactKind, (fact: Fact) => Record<string, Schema>> = {
  text: (fact) => ({
    ...alternatives(fact),
    matches: { type: 'string', format: 're2', description: 'Linear-time regular expression, found anywhere' },
    in_network: { type: ['string', 'array'], items: { type: 'string', format: 'cidr' }, format: 'cidr' },
  }),
  number: (fact) => ({ ...alternatives(fact), ...bounds(fact) }),
  duration: (fact) => ({ ...alternatives(fact), ...bounds(fact) }),
  size: (fact) => ({ ...alternatives(fact), ...bounds(fact) }),
  boolean: () => ({}),
  mode: (fact) => ({
    ...alternatives(fact),
    no_more_than: { ...literals.mode(fact), description: 'No permission bit beyond these' },
  }),
  words: (fact) => ({
    ...negation(fact),
    includes,
    only: { ...strings, description: 'Exactly this set' },
    within: { ...strings, description: 'Nothing beyond this set' },
    count: countSchema,
    when_empty: whenEmpty,
  }),
  records: (fact) => ({
    where: rowSchema(fact),
    every: rowSchema(fact),
    none: rowSchema(fact),
    count: countSchema,
    when_empty: whenEmpty,
  }),
};

const whenEmpty = { type: 'string', enum: ['pass', 'skip'], description: 'What a proven empty list means' };
const countSchema = {
  type: ['integer', 'object'],
  minProperties: 1,
  additionalProperties: false,
  properties: { at_least: { type: 'integer' }, at_most: { type: 'integer' } },
};

function alternatives(fact: Fact): Record<string, Schema> {
  return { ...negation(fact), one_of: { type: 'array', minItems: 1, items: literals[fact.kind](fact) } };
}

/** `not` and `any_of` hold expectations again; one level is enough for people, and keeps the schema finite. */
function negation(fact: Fact): Record<string, Schema> {
  const inner = shallow(fact);
  return { not: inner, any_of: { type: 'array', minItems: 1, items: inner } };
}

function shallow(fact: Fact): Schema {
  const literal = literals[fact.kind](fact);
  const flat: Record<string, Schema> =
    fact.kind === 'words'
      ? { includes, only: strings, within: strings, count: countSchema }
      : { one_of: { type: 'array', minItems: 1, items: literal }, ...(isOrdered(fact) && bounds(fact)) };
  if (fact.kind === 'text') flat.matches = { type: 'string', format: 're2' };
  if (fact.kind === 'mode') flat.no_more_than = literal;
  const properties = { ...flat, absent: { type: 'boolean' } };
  const types = [literal.type].flat();
  return { ...literal, type: [...types, 'object'], minProperties: 1, additionalProperties: false, properties };
}

function isOrdered(fact: Fact): boolean {
  return ['number', 'duration', 'size'].includes(fact.kind);
}

function bounds(fact: Fact): Record<string, Schema> {
  return { at_least: literals[fact.kind](fact), at_most: literals[fact.kind](fact) };
}

function rowSchema(fact: Fact): Schema {
  const properties = Object.fromEntries(
    Object.entries(fact.fields ?? {}).map(([name, field]) => [name, expectationSchema(field)]),
  );
  return { type: 'object', minProperties: 1, additionalProperties: false, properties };
}
