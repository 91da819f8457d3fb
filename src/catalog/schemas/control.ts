import { expectationDefinitions, expectationSchema, type Schema } from '../../matchers/index.ts';
import { risks, Steps } from '../../model/fix.ts';
import { severities } from '../../model/severity.ts';
import type { Resource } from '../../resources/resource.ts';
import { relax } from './relax.ts';

type Resources = Readonly<Record<string, Resource>>;

/** The schema of a control file as people write it, references to inputs included. Also what editors get. */
export function controlSchema(resources: Resources): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'fleet-audit control',
    description: 'One requirement: why it matters, how to check it, how to fix it.',
    type: 'object',
    additionalProperties: false,
    required: ['id', 'title', 'section', 'severity', 'description', 'check'],
    properties: {
      id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)+$', description: 'File name without .yaml' },
      title: { type: 'string', minLength: 1, description: 'The state that is good, as a sentence' },
      section: { type: 'string', pattern: '^[0-9]+$', examples: ['"2"'], description: "The guide's section" },
      severity: { type: 'string', enum: [...severities] },
      description: { type: 'string', minLength: 1, description: 'What it is, why it matters' },
      tags: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
      references: { type: 'array', items: { type: 'string', pattern: '^https://', examples: ['https://…'] } },
      only_if: {
        $ref: '#/definitions/checks',
        description: 'Otherwise: skip. May only test what makes the risk impossible',
      },
      requires: { $ref: '#/definitions/checks', description: 'Otherwise: error, with the reason' },
      check: { $ref: '#/definitions/checks' },
      fix: fixSchema(),
    },
    definitions: checkDefinitions(resources),
  };
}

function fixSchema(): Schema {
  const steps = Object.entries(Steps).map(([name, schema]) => [
    name,
    relax(JSON.parse(JSON.stringify(schema)) as Schema),
  ]);
  return {
    type: 'object',
    additionalProperties: false,
    required: ['manual'],
    dependencies: { steps: ['risk'], risk: ['steps'], requires: ['steps'], danger: ['steps'] },
    properties: {
      manual: { type: 'string', minLength: 1, description: 'Exact instructions for a person' },
      risk: { type: 'string', enum: [...risks], description: 'What it may cost if it goes wrong' },
      requires: {
        type: 'array',
        items: { type: 'string' },
        uniqueItems: true,
        description: 'Controls that must hold, or be mended, before',
      },
      steps: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
          properties: Object.fromEntries(steps),
        },
      },
      danger: { type: 'string', minLength: 1, description: 'What a person should know before saying yes' },
    },
  };
}

function checkDefinitions(resources: Resources): Record<string, Schema> {
  const all = Object.values(resources);
  const check = { $ref: '#/definitions/check' };
  const list = { type: 'array', minItems: 1, items: check };
  const uses = Object.fromEntries(all.map((each) => [each.type, { $ref: `#/definitions/${each.type}` }]));
  const one = {
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: { ...uses, all: list, any: list, not: check },
  };
  return {
    checks: { ...one, type: ['object', 'array'], minItems: 1, items: check },
    check: { ...one, type: 'object' },
    ...mapValues(expectationDefinitions(all.flatMap((each) => Object.values(each.facts))), relax),
    ...Object.fromEntries(all.map((each) => [each.type, relax(resourceSchema(each))])),
  };
}

/** What to look at and what must be true, in one map; a check that expects nothing is refused. */
function resourceSchema(resource: Resource): Schema {
  const facts = Object.entries(resource.facts);
  const select = JSON.parse(JSON.stringify(resource.select)) as { properties: object; required?: string[] };
  return {
    type: 'object',
    description: resource.summary,
    additionalProperties: false,
    ...(select.required && { required: select.required }),
    properties: {
      ...select.properties,
      ...Object.fromEntries(facts.map(([name, fact]) => [name, expectationSchema(fact)])),
    },
    anyOf: facts.map(([name]) => ({ required: [name] })),
  };
}

function mapValues(schemas: Record<string, Schema>, change: (schema: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}
