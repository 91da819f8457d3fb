import type { Outcome } from '../matchers/index.ts';
import type { Finding } from '../model/report.ts';

/** A verdict with the findings that led to it. */
export interface Verdict {
  outcome: Outcome;
  findings: Finding[];
}
