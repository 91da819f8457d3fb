import { Cases, controlSchema, Profile } from '../catalog/index.ts';
import { Evidence } from '../model/evidence.ts';
import { Report } from '../model/report.ts';
import { Waivers } from '../model/waiver.ts';
import { resources } from '../resources/registry.ts';

/** The text of every published schema, by name. */
export function schemaTexts(): Record<string, string> {
  const draft = { $schema: 'http://json-schema.org/draft-07/schema#' };
  const schemas = {
    control: controlSchema(resources),
    cases: { ...draft, ...Cases },
    profile: { ...draft, ...Profile },
    waivers: { ...draft, ...Waivers },
    evidence: { ...draft, ...Evidence },
    report: { ...draft, ...Report },
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}
