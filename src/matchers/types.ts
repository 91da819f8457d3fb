/** What a fact is, which decides the literals and matchers an expectation of it may use. */
export type FactKind = 'text' | 'number' | 'boolean' | 'mode' | 'duration' | 'size' | 'words' | 'records';

/** One thing that can be expected of a resource. */
export interface Fact {
  kind: FactKind;
  /** One line for docs and the editor. */
  description: string;
  /** For booleans: how a sentence says true and false, e.g. ['exists', 'does not exist']. */
  says?: readonly [string, string];
  /** For `text` facts with a closed set of values. */
  values?: readonly string[];
  /** For `records`: the facts of one record. */
  fields?: Record<string, Fact>;
}

/** Kleene's three values, and `skip` for "a proven empty list, which the author says does not matter". */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'skip';

/** What became of an expectation. `code` is for scripts; `detail` says which element did it, where that helps. */
export interface Match {
  outcome: Outcome;
  code: MatchCode;
  detail?: string;
}

export type MatchCode =
  | 'equal'
  | 'not-equal'
  | 'absent'
  | 'not-absent'
  | 'too-small'
  | 'too-large-value'
  | 'forbidden'
  | 'missing'
  | 'surplus'
  | 'no-match'
  | 'mode-too-open'
  | 'empty-list'
  | 'unparsable'
  | 'skipped';
