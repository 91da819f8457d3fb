import type { Transaction } from '../model/fix-plan.ts';

/** Seconds that a transaction gets before the host undoes it by itself: never less than what it takes when all goes well. */
export function deadlineOf({ live }: Transaction, asked: number): number {
  return live.some(({ kind }) => kind === 'packages') ? Math.max(asked, installing) : asked;
}

/** Downloads over a slow line, and a lock that apt's own timers hold for a minute. */
const installing = 600;
