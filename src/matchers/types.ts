/** What a fact is, which decides the literals and matchers an expectation of it may use. */
export type FactKind = 'text' | 'number' | 'boolean' | 'mode' | 'duration' | 'size' | 'words' | 'records';

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
