import type { Control } from '../model/control.ts';
import { globMatches } from '../model/glob.ts';
import type { Resource } from '../resources/resource.ts';
import { bindControl } from './bind-control.ts';
import { loadControlFile, type ControlFile } from './control-file.ts';
import { listControlFiles, rootOf } from './control-folder.ts';
import { bind, references, type Inputs } from './inputs.ts';
import { CatalogError, suggest, type Problem } from './problem.ts';
import { hideSecrets, secretsHere } from './secrets.ts';
import { loadProfile, type LoadedProfile } from './profile-file.ts';
import { controlSchema } from './schemas/control.ts';
import type { InputDefinition, InputValue, Selection } from './schemas/profile.ts';
import { compile, type Validator } from './validate.ts';

/** A profile ready to be planned: its controls in order, bound to their inputs. */
export interface Catalog {
  id: string;
  title: string;
  /** What the guide's sections are called, by number. */
  sections: Record<string, string>;
  controls: Control[];
  /** Controls that the profile leaves out, with the reason it gives. */
  leftOut: Control[];
  reasons: Record<string, string>;
  /** Accounts that no fix may shut out of SSH where it lets them in now. */
  keepAccess: string[];
  /** Secret inputs that have to be found on this machine: name → `env:NAME` or `file:PATH`. */
  secrets: Record<string, string>;
  /** The files behind the controls, by id. */
  paths: Record<string, string>;
}

export interface CatalogOptions {
  profile: string;
  cwd: string;
  resources: Readonly<Record<string, Resource>>;
  /** Values that win over the profile's: from an inputs file or the command line, already of their types. */
  inputs: Inputs | ((definitions: Record<string, InputDefinition>) => Inputs);
}

/** Loads a profile and all it selects. Throws CatalogError with every mistake in every file at once. */
export async function loadCatalog(options: CatalogOptions): Promise<Catalog> {
  const profile = await loadProfile(options.profile, options.cwd);
  const files = await listControlFiles(profile.folders);
  const chosen = resolve(profile, [...files.keys()]);
  const validate = await compile(controlSchema(options.resources));
  const loaded = await loadAll(
    [...chosen.keys()].map((id) => files.get(id)!),
    validate,
  );
  const given = typeof options.inputs === 'function' ? options.inputs(profile.inputs) : options.inputs;
  return bindAll(profile, loaded, chosen, given, validate);
}

/** Ids in the profile's order, each with what the profile overrides. An entry that selects nothing is a mistake. */
function resolve(profile: LoadedProfile, ids: string[]): Map<string, Selection> {
  const chosen = new Map<string, Selection>();
  const problems: Problem[] = [];
  for (const { from, index, ...selection } of profile.selections) {
    const matching = ids.filter((id) => globMatches(selection.id, id));
    for (const id of matching) chosen.set(id, merge(chosen.get(id), selection));
    if (matching.length === 0) {
      const message = `no control matches "${selection.id}"`;
      problems.push({
        ...from.locate(['controls', index]),
        code: 'unknown-control',
        message,
        suggestion: suggest(selection.id, ids),
      });
    }
  }
  if (problems.length) throw new CatalogError(problems);
  return chosen;
}

/** The later entry wins; one that gives no reason to leave the control out takes it in again. */
function merge(earlier: Selection | undefined, later: Selection): Selection {
  return { ...earlier, leave_out: undefined, ...later, inputs: { ...earlier?.inputs, ...later.inputs } };
}

async function loadAll(paths: string[], validate: Validator): Promise<ControlFile[]> {
  const results = await Promise.all(paths.map((path) => loadControlFile(path, rootOf(path), validate)));
  const problems = results.flatMap((each) => each.problems);
  if (problems.length) throw new CatalogError(problems);
  return results.map((each) => each.control!);
}

function bindAll(
  profile: LoadedProfile,
  files: ControlFile[],
  chosen: Map<string, Selection>,
  given: Inputs,
  validate: Validator,
): Catalog {
  const bound = files.map((file) => {
    const selection = chosen.get(file.id)!;
    const values = { ...defaults(profile.inputs), ...profile.values, ...selection.inputs, ...given };
    const missing = missingInputs(file, profile, values);
    return missing.length
      ? { control: null, problems: missing }
      : bindControl(file, hideSecrets(profile.inputs, values), selection, validate);
  });
  const problems = bound.flatMap((each) => each.problems);
  if (problems.length) throw new CatalogError(problems);
  const controls = bound.map((each) => each.control!);
  const values = { ...defaults(profile.inputs), ...profile.values, ...given };
  const isOut = (control: Control) => chosen.get(control.id)!.leave_out !== undefined;
  return {
    id: profile.id,
    title: profile.title,
    sections: profile.sections,
    controls: controls.filter((each) => !isOut(each)),
    leftOut: controls.filter(isOut),
    reasons: Object.fromEntries(controls.filter(isOut).map((each) => [each.id, chosen.get(each.id)!.leave_out!])),
    keepAccess: bind(profile.keepAccess, values, []) as string[],
    secrets: secretsHere(profile.inputs, values),
    paths: Object.fromEntries(files.map((file) => [file.id, file.path])),
  };
}

function defaults(definitions: Record<string, InputDefinition>): Record<string, InputValue> {
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Inputs that are declared but have no value: not a mistake of the control, but of whoever runs it. */
function missingInputs(file: ControlFile, profile: LoadedProfile, values: Inputs): Problem[] {
  const parts = [file.raw.check, file.raw.only_if ?? null, file.raw.requires ?? null];
  return [...new Set(references(parts))]
    .filter((name) => profile.inputs[name] && !Object.hasOwn(values, name))
    .map((name) => ({
      ...file.source,
      code: 'missing-input',
      message: `needs the input "${name}" (${profile.inputs[name]!.description})`,
      suggestion: `give it with --input ${name}=…`,
    }));
}
