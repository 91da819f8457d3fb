import type { FixedHosts } from './fix.ts';

/** One line for each transaction: what it came to, why, and how to undo it. */
export function outcomeWords(fixed: FixedHosts): string[] {
  return [...fixed].flatMap(([host, { outcomes }]) =>
    outcomes.map(({ id, status, reason, transaction }) => {
      const what = `${host}: ${transaction.subject}: ${status}`;
      if (status === 'fixed') return `${what} (to undo it: fleet-audit rollback ${id} --target …)`;
      return reason ? `${what}: ${reason}` : what;
    }),
  );
}
