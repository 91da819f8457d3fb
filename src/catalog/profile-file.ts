import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { controlFolders, displayPath, findProfile, isPath, profileNames } from './places.ts';
import { CatalogError, nearest, suggest, unplaced, type Problem } from './problem.ts';
import { misfit } from './inputs.ts';
import { Profile, type InputDefinition, type InputValue, type Selection } from './schemas/profile.ts';
import { compile } from './validate.ts';
import { parseYaml, type YamlFile } from './yaml.ts';

/** A profile with everything it extends folded in. */
export interface LoadedProfile {
  id: string;
  title: string;
  path: string;
  /** What the guide's sections are called. */
  sections: Record<string, string>;
  inputs: Record<string, InputDefinition>;
  values: Record<string, InputValue>;
  /** Accounts that no fix may shut out, inputs not yet put in. */
  keepAccess: string | string[];
  /** In order of precedence: a later entry overrides an earlier one for the same control. */
  selections: (Selection & { from: YamlFile; index: number })[];
  folders: string[];
}

/** Loads a profile by name or path, with what it extends. Throws CatalogError with every mistake found. */
export async function loadProfile(name: string, cwd: string, trail: string[] = []): Promise<LoadedProfile> {
  const path = findProfile(name, cwd);
  if (!path) throw new CatalogError([notFound(name, cwd)]);
  if (trail.includes(path))
    throw new CatalogError([unplaced('--profile', 'extends-itself', `profile "${name}" extends itself`)]);
  const yaml = parseYaml(displayPath(path, cwd), await readFile(path, 'utf8'));
  const problems = yaml.problems.length ? yaml.problems : (await compile(Profile))(yaml);
  if (problems.length) throw new CatalogError(problems);
  const own = yaml.data as Profile;
  const base = own.extends ? await loadProfile(own.extends, dirname(dirname(path)), [...trail, path]) : null;
  return fold(path, yaml, own, base);
}

function fold(path: string, yaml: YamlFile, own: Profile, base: LoadedProfile | null): LoadedProfile {
  const inputs = { ...base?.inputs, ...own.inputs };
  const entries = (own.controls ?? []).map((each) => (typeof each === 'string' ? { id: each } : each));
  const problems = [
    ...valueProblems(yaml, inputs, own.set ?? {}, ['set']),
    ...defaultProblems(yaml, own.inputs ?? {}),
    ...accessProblems(yaml, inputs, own.keep_access),
    ...entries.flatMap((each, index) => valueProblems(yaml, inputs, each.inputs ?? {}, ['controls', index, 'inputs'])),
  ];
  if (!base && !own.controls)
    problems.push({ ...yaml.locate([]), code: 'missing-key', message: 'the profile selects no controls' });
  if (problems.length) throw new CatalogError(problems);
  const selections = entries.map((each, index) => ({ ...each, from: yaml, index }));
  return {
    id: own.id,
    title: own.title,
    path,
    sections: { ...base?.sections, ...own.sections },
    inputs,
    values: { ...base?.values, ...own.set },
    keepAccess: own.keep_access ?? base?.keepAccess ?? [],
    selections: [...(base?.selections ?? []), ...selections],
    folders: [...new Set([...controlFolders(path), ...(base?.folders ?? [])])],
  };
}

/** Values given to inputs, checked against their declarations. */
export function valueProblems(
  yaml: YamlFile,
  inputs: Record<string, InputDefinition>,
  values: Record<string, unknown>,
  path: (string | number)[],
): Problem[] {
  return Object.entries(values).flatMap(([name, value]): Problem[] => {
    const place = yaml.locateKey(path, name);
    const definition = inputs[name];
    if (!definition)
      return [
        {
          ...place,
          code: 'unknown-input',
          message: `unknown input "${name}"`,
          suggestion: suggest(name, Object.keys(inputs)),
        },
      ];
    const wrong = misfit(definition, value);
    return wrong ? [{ ...place, code: 'wrong-type', message: `input "${name}" ${wrong}` }] : [];
  });
}

function defaultProblems(yaml: YamlFile, inputs: Record<string, InputDefinition>): Problem[] {
  return Object.entries(inputs).flatMap(([name, definition]) => {
    const wrong = definition.default === undefined ? null : misfit(definition, definition.default);
    if (!wrong) return [];
    const message = `the default of "${name}" ${wrong}`;
    return [{ ...yaml.locate(['inputs', name, 'default']), code: 'wrong-type', message }];
  });
}

function accessProblems(yaml: YamlFile, inputs: Record<string, InputDefinition>, names: unknown): Problem[] {
  if (typeof names !== 'string') return [];
  const input = /^\$\{(.+)\}$/.exec(names)?.[1];
  if (input !== undefined && inputs[input]?.type === 'list') return [];
  const message = 'keep_access must be a list of accounts, or `${name}` of an input that is a list';
  return [{ ...yaml.locate(['keep_access']), code: 'wrong-type', message }];
}

function notFound(name: string, cwd: string): Problem {
  if (isPath(name)) return unplaced('--profile', 'unknown-profile', `there is no file ${name}`);
  const known = profileNames(cwd);
  const message = `there is no profile "${name}" in ./profiles or among the shipped ones`;
  const suggestion = [nearest(name, known), `known: ${known.join(', ')}`].filter(Boolean).join(' ');
  return unplaced('--profile', 'unknown-profile', message, suggestion);
}
