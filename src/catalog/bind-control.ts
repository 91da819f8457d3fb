import type { Control } from '../model/control.ts';
import { toCheck, type ControlFile, type RawControl } from './control-file.ts';
import { bind, type BindError, type Inputs } from './inputs.ts';
import type { Problem } from './problem.ts';
import type { Selection } from './schemas/profile.ts';
import type { Validator } from './validate.ts';

const bindable = ['only_if', 'requires', 'check'] as const;

/**
 * Puts the inputs into a control and validates the result strictly: `${max}` may be written where a number belongs,
 * but only a number may stand there in the end.
 */
export function bindControl(
  file: ControlFile,
  inputs: Inputs,
  overrides: Selection,
  validate: Validator,
): { control: Control | null; problems: Problem[] } {
  const errors: BindError[] = [];
  const raw = bind(file.raw, inputs, errors) as RawControl;
  const problems = errors.map(({ path, ...error }) => ({ ...file.yaml.locate(path), code: 'unknown-input', ...error }));
  for (const part of problems.length ? [] : bindable) {
    if (raw[part] !== undefined) problems.push(...validate(within(file, part), raw[part]).map((each) => ({ ...each })));
  }
  return { control: problems.length ? null : toControl(file, raw, overrides), problems };
}

/** The same file, seen from one of its parts, so that positions come out right. */
function within(file: ControlFile, part: string): ControlFile['yaml'] {
  const { yaml } = file;
  return {
    ...yaml,
    locate: (path) => yaml.locate([part, ...path]),
    locateKey: (path, key) => yaml.locateKey([part, ...path], key),
  };
}

function toControl(file: ControlFile, raw: RawControl, overrides: Selection): Control {
  return {
    id: raw.id,
    title: raw.title,
    section: raw.section,
    severity: overrides.severity ?? raw.severity,
    description: raw.description,
    tags: raw.tags ?? [],
    references: raw.references ?? [],
    onlyIf: raw.only_if ? toCheck(raw.only_if) : null,
    requires: raw.requires ? toCheck(raw.requires) : null,
    check: toCheck(raw.check),
    fix: raw.fix ?? null,
    source: file.source,
  };
}
