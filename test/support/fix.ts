import type { Transaction } from '../../src/model/fix-plan.ts';
import type { Fixed } from '../../src/runner/index.ts';

/** A transaction that mends `ssh-root`; `more` makes it what a test needs. */
export function transaction(more: Partial<Transaction> = {}): Transaction {
  return {
    ...{ risk: 'safe', subject: 'files and settings that nobody notices', controls: ['ssh-root'] },
    ...{ files: [], live: [], validate: [], activate: [], dangers: [] },
    ...more,
  };
}

/** What became of these transactions on one host. */
export function fixed(outcomes: Partial<Fixed['outcomes'][number]>[], more: Partial<Fixed['plan']> = {}): Fixed {
  const all = outcomes.map((each) => ({
    ...{ id: '20261123T100000Z-abcdef', status: 'fixed' as const, reason: null, transaction: transaction() },
    unmended: new Map<string, string>(),
    ...each,
  }));
  const plan = { hash: 'cafe', transactions: all.map((each) => each.transaction), left: [], ...more };
  return { plan, error: null, outcomes: all };
}
