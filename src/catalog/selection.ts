import type { Control } from '../model/control.ts';
import { globMatches } from '../model/glob.ts';
import { atLeast, severities, type Severity } from '../model/severity.ts';
import { CatalogError, suggest, unplaced, type Problem } from './problem.ts';

/** What the command line narrows a profile to. */
export interface Filter {
  /** Globs over ids; `!glob` excludes. */
  controls: string[];
  tags: string[];
  sections: string[];
  severity: Severity | null;
}

/** The controls that all the options choose. Each option must match something: a typo is not an empty audit. */
export function narrow(controls: Control[], filter: Filter): Control[] {
  const problems = [...unmatchedGlobs(controls, filter), ...unmatchedWords(controls, filter)];
  if (problems.length) throw new CatalogError(problems);
  const chosen = controls.filter((control) => isChosen(control, filter));
  if (chosen.length === 0) throw new CatalogError([usage('selection', 'the options together select no control')]);
  return chosen;
}

function isChosen(control: Control, { controls, tags, sections, severity }: Filter): boolean {
  const wanted = controls.filter((glob) => !glob.startsWith('!'));
  const unwanted = controls.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  return (
    (wanted.length === 0 || wanted.some((glob) => globMatches(glob, control.id))) &&
    !unwanted.some((glob) => globMatches(glob, control.id)) &&
    (tags.length === 0 || tags.some((tag) => control.tags.includes(tag))) &&
    (sections.length === 0 || sections.includes(control.section)) &&
    (severity === null || atLeast(control.severity, severity))
  );
}

function unmatchedGlobs(controls: Control[], filter: Filter): Problem[] {
  const ids = controls.map((control) => control.id);
  return filter.controls
    .map((glob) => glob.replace(/^!/, ''))
    .filter((glob) => !ids.some((id) => globMatches(glob, id)))
    .map((glob) => usage('--control', `no control of the profile matches "${glob}"`, suggest(glob, ids)));
}

function unmatchedWords(controls: Control[], filter: Filter): Problem[] {
  const tags = [...new Set(controls.flatMap((control) => control.tags))];
  const sections = [...new Set(controls.map((control) => control.section))];
  return [
    ...unknown('--tag', filter.tags, tags),
    ...unknown('--section', filter.sections, sections),
    ...unknown('--severity', filter.severity ? [filter.severity] : [], severities),
  ];
}

function unknown(option: string, words: readonly string[], known: readonly string[]): Problem[] {
  return words
    .filter((word) => !known.includes(word))
    .map((word) => usage(option, `no control of the profile has "${word}"`, suggest(word, known)));
}

function usage(option: string, message: string, suggestion?: string): Problem {
  return unplaced(option, 'matches-nothing', message, suggestion);
}
