import { oneLine } from '../../reporters/index.ts';
import type { FixedHosts } from './fix.ts';

/** One line for each transaction: what it came to, why, and how to undo it. */
export function outcomeWords(fixed: FixedHosts, targets: ReadonlyMap<string, string>): string[] {
  const lines = [...fixed].flatMap(([host, { outcomes, error }]) => [
    ...(error ? [`${host}: not mended: ${error.message}`] : []),
    ...outcomes.map(({ id, status, reason, transaction }) => {
      const what = `${host}: ${transaction.subject}: ${status}`;
      if (status === 'fixed') return `${what} (to undo it: fleet-audit rollback ${id} --target ${targets.get(host)})`;
      return reason ? `${what}: ${reason}` : what;
    }),
  ]);
  return lines.map(oneLine);
}
