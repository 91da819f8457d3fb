import { all } from './kleene.ts';
import type { Match } from './types.ts';

/** The verdict on several matches that must all hold; the first one that decides gives code and detail. */
export function combine(matches: Match[]): Match {
  const outcome = all(matches.map((each) => each.outcome));
  return matches.find((each) => each.outcome === outcome) ?? { outcome: 'unknown', code: 'unparsable' };
}
