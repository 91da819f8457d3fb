import { oneLine } from './sanitize.ts';

/** Any value of a finding, expected or actual, as one harmless line. */
export function show(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}
