import type { Match } from './types.ts';

/** A proven empty list says nothing about "every" or "none of them": the author must say by `when_empty` what it means. */
export function onEmpty({ when_empty: meaning }: Record<string, unknown>): Match {
  if (meaning === 'pass') return { outcome: 'pass', code: 'equal' };
  if (meaning === 'skip') return { outcome: 'skip', code: 'skipped' };
  return { outcome: 'unknown', code: 'empty-list' };
}
