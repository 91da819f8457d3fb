import type { Outcome } from './types.ts';

/** All must hold. One failure decides, whatever is unknown; nothing but skips is a skip. */
export function all(outcomes: Outcome[]): Outcome {
  if (outcomes.includes('fail')) return 'fail';
  if (outcomes.length === 0 || outcomes.includes('unknown')) return 'unknown';
  return outcomes.includes('pass') ? 'pass' : 'skip';
}

/** One must hold. One pass decides; a failure beside an unknown is unknown, for the unknown might have held. */
export function any(outcomes: Outcome[]): Outcome {
  if (outcomes.includes('pass')) return 'pass';
  if (outcomes.length === 0 || outcomes.includes('unknown')) return 'unknown';
  return outcomes.includes('fail') ? 'fail' : 'skip';
}

/** The opposite; what is unknown or skipped stays so. */
export function not(outcome: Outcome): Outcome {
  if (outcome === 'pass') return 'fail';
  return outcome === 'fail' ? 'pass' : outcome;
}
