import type { Fix } from './fix.ts';
import type { Severity } from './severity.ts';

/** A place in a file, 1-based, as editors count. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** One use of a resource: what to look at and what must be true, as written. */
export interface ResourceCheck {
  resource: string;
  options: Record<string, unknown>;
}

/** What must hold, as a tree. A list in a control file is an `all`. */
export type Check = ResourceCheck | { all: Check[] } | { any: Check[] } | { not: Check };

/** One requirement, bound to its inputs and ready to be planned and judged. */
export interface Control {
  id: string;
  title: string;
  section: string;
  severity: Severity;
  description: string;
  tags: string[];
  references: string[];
  onlyIf: Check | null;
  requires: Check | null;
  check: Check;
  fix: Fix | null;
  /** Where it is defined; `file` is relative to the repository or package that holds it. */
  source: Position;
}
