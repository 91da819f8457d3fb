import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Check, Position } from '../model/control.ts';
import type { Risk, Step } from '../model/fix.ts';
import type { Severity } from '../model/severity.ts';
import { displayPath } from './places.ts';
import { suggest, type Problem } from './problem.ts';
import type { Validator } from './validate.ts';
import { parseYaml, type YamlFile } from './yaml.ts';

/** A control as its file says it, inputs not yet put in. */
export interface ControlFile {
  id: string;
  path: string;
  yaml: YamlFile;
  raw: RawControl;
  source: Position;
}

export interface RawControl {
  id: string;
  title: string;
  section: string;
  severity: Severity;
  description: string;
  tags?: string[];
  references?: string[];
  only_if?: RawChecks;
  requires?: RawChecks;
  check: RawChecks;
  fix?: { manual: string; risk?: Risk; requires?: string[]; steps?: Step[]; danger?: string };
}

/** As written: `{ file: {…} }`, or a list of such, or `all`, `any`, `not`. */
export type RawChecks = RawCheck | RawCheck[];
export type RawCheck = Record<string, unknown>;

/** Reads and validates one control file; null beside problems when it cannot be used. */
export async function loadControlFile(
  path: string,
  root: string,
  validate: Validator,
): Promise<{ control: ControlFile | null; problems: Problem[] }> {
  const yaml = parseYaml(displayPath(path, root), await readFile(path, 'utf8'));
  const problems = yaml.problems.length ? yaml.problems : [...validate(yaml), ...namingProblems(path, yaml)];
  if (problems.length) return { control: null, problems };
  const raw = yaml.data as RawControl;
  return { control: { id: raw.id, path, yaml, raw, source: yaml.locate(['check']) }, problems };
}

/** A list is an `all`; a map with one key is a resource or a combination. */
export function toCheck(raw: unknown): Check {
  if (Array.isArray(raw)) return raw.length === 1 ? toCheck(raw[0]) : { all: raw.map(toCheck) };
  const [key, value] = Object.entries(raw as RawCheck)[0]!;
  if (key === 'all' || key === 'any') return { [key]: (value as RawCheck[]).map(toCheck) } as Check;
  if (key === 'not') return { not: toCheck(value) };
  return { resource: key, options: value as Record<string, unknown> };
}

/** A file's name is its control's id, and its folder the id's first word: what is looked for is found. */
function namingProblems(path: string, yaml: YamlFile): Problem[] {
  const id = (yaml.data as { id?: unknown } | null)?.id;
  if (typeof id !== 'string') return [];
  const [name, area] = [basename(path, '.yaml'), basename(dirname(path))];
  const problems: Problem[] = [];
  if (id !== name) {
    problems.push({
      ...yaml.locate(['id']),
      code: 'id-mismatch',
      message: `id "${id}" is in the file ${name}.yaml`,
      suggestion: suggest(id, [name]),
    });
  }
  if (id.split('-')[0] !== area) {
    problems.push({
      ...yaml.locate(['id']),
      code: 'id-mismatch',
      message: `id "${id}" belongs into the folder ${id.split('-')[0]}/, not ${area}/`,
    });
  }
  return problems;
}
