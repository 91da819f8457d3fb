import type { ControlResult } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { worstFirst } from './marks.ts';

/** Worst first: by status, then by severity; the profile's order among equals. */
export function byBadness(controls: ControlResult[]): ControlResult[] {
  return controls.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ status, severity }: ControlResult): number {
  return worstFirst.indexOf(status) * severities.length - severities.indexOf(severity);
}
