import { closest, distance } from 'fastest-levenshtein';
import type { Position } from '../model/control.ts';

/** A mistake in a file or on the command line, where it is, and what may have been meant. */
export interface Problem extends Position {
  code: string;
  message: string;
  suggestion?: string;
}

/** Thrown with every mistake at once: the command line shows them all and exits with 2. */
export class CatalogError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map(showProblem).join('\n'));
    this.name = 'CatalogError';
    this.problems = problems;
  }
}

/** A mistake that is in no line: a file that is missing, an option of the command line. */
export function unplaced(file: string, code: string, message: string, suggestion?: string): Problem {
  return { file, line: 0, column: 0, code, message, ...(suggestion && { suggestion }) };
}

/** `controls/ssh/x.yaml:9:5 unknown-key unknown key "pth" (did you mean "path"?)`, as compilers write it. */
export function showProblem(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
  return `${place} ${problem.code} ${problem.message}${problem.suggestion ? ` (${problem.suggestion})` : ''}`;
}

/** `did you mean "path"?` when one of `known` is close enough to be a typing mistake, else what there is to choose. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const all = known.length > 0 && known.length <= 12 ? `known: ${known.join(', ')}` : undefined;
  return nearest(word, known) ?? all;
}

/** `did you mean "path"?` when one of `known` is close enough to be a typing mistake. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, [...known]);
  const isClose = distance(word, best) <= Math.max(2, Math.floor(word.length / 3));
  return isClose ? `did you mean "${best}"?` : undefined;
}
