import { carryOut, deadlineOf, whoAmI, type Outcome } from '../fix/index.ts';
import type { Risk } from '../model/fix.ts';
import type { FixPlan, Transaction } from '../model/fix-plan.ts';
import type { HostResult } from '../model/report.ts';
import type { Session } from '../transport/index.ts';
import { compare, lookInside, type Comparison } from './look-again.ts';
import { planFor, type Fixing } from './plan-fixes.ts';

/** What became of a transaction, and what is to be said of one of its controls alone. */
export type Mended = Outcome & { transaction: Transaction; unmended: ReadonlyMap<string, string> };

/** A transaction as it was agreed to, or what is planned anew of one that had to be undone. */
type Waiting = Transaction | { again: string[]; risk: Risk };

/** One that was undone does not keep the others: what builds on it finds its files changed, and is refused by the host. */
export async function carryOutAll(
  plan: FixPlan,
  host: HostResult,
  session: Session,
  fixing: Fixing,
): Promise<Mended[]> {
  const operator = await whoAmI(session, fixing.audit.catalog.keepAccess);
  const outcomes: Mended[] = [];
  let before = await lookInside(fixing);
  const waiting: Waiting[] = [...plan.transactions];
  while (waiting.length > 0) {
    const transaction = await planned(waiting.shift()!, host, session, fixing);
    if (!transaction) continue;
    let seen: Comparison | null = null;
    const outcome = await carryOut(transaction, {
      ...{ transport: fixing.source.transport, session, operator, soak: fixing.soak },
      deadline: deadlineOf(transaction, fixing.deadline),
      verify: async () => {
        seen = compare(transaction, before, await lookInside(fixing));
        return seen.words;
      },
      onState: (words) => fixing.onState(transaction, words),
    });
    const { after = before, unmended = new Map<string, string>() } = (seen ?? {}) as Partial<Comparison>;
    outcomes.push({ ...outcome, transaction, unmended });
    if (outcome.status === 'reverted-lockout' || outcome.status === 'rollback-failed') break;
    if (outcome.status === 'fixed') before = after;
    else waiting.unshift(...smaller(transaction, unmended));
  }
  return outcomes;
}

async function planned(
  next: Waiting,
  host: HostResult,
  session: Session,
  fixing: Fixing,
): Promise<Transaction | undefined> {
  if (!('again' in next)) return next;
  const { again, risk } = next;
  const { transactions } = await planFor(host, session, { ...fixing, allowed: new Set([risk]) }, (id) =>
    again.includes(id),
  );
  return transactions[0];
}

/**
 * A part of what was agreed to: without those that did not help, or, where nobody knows which of them it was, each by itself. One that failed alone
 * is not tried again.
 */
function smaller({ controls, risk }: Transaction, unmended: ReadonlyMap<string, string>): Waiting[] {
  if (controls.length === 1) return [];
  if (unmended.size === 0) return controls.map((id) => ({ again: [id], risk }));
  const good = controls.filter((id) => !unmended.has(id));
  return good.length > 0 ? [{ again: good, risk }] : [];
}
