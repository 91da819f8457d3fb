import type { Control } from '../model/control.ts';
import type { Fix } from '../model/fix.ts';
import { toCheck, type ControlFile, type RawControl } from './control-file.ts';
import { bind, references, type BindError, type Inputs } from './inputs.ts';
import type { Problem } from './problem.ts';
import type { Selection } from './schemas/profile.ts';
import type { Validator } from './validate.ts';

/**
 * Puts the inputs into a control and validates the result again: `${max}` may be written where a number belongs, but
 * only a number may stand there in the end. No reference survives binding, so the schema as written is strict by then.
 */
export function bindControl(
  file: ControlFile,
  inputs: Inputs,
  overrides: Selection,
  validate: Validator,
): { control: Control | null; problems: Problem[] } {
  const errors: BindError[] = [];
  const raw = bind(file.raw, inputs, errors) as RawControl;
  const unbound = errors.map(({ path, ...error }) => ({ ...file.yaml.locate(path), code: 'unknown-input', ...error }));
  const refers = references(file.raw).length > 0;
  const problems = unbound.length || !refers ? unbound : validate(file.yaml, raw);
  return { control: problems.length ? null : toControl(file, raw, overrides), problems };
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
    fix: raw.fix ? toFix(raw.fix) : null,
    source: file.source,
  };
}

function toFix({ manual, risk, requires = [], steps, danger }: NonNullable<RawControl['fix']>): Fix {
  return { manual, automatic: steps && risk ? { risk, requires, steps, danger: danger ?? null } : null };
}
