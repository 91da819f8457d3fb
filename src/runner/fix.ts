import type { HostError } from '../model/evidence.ts';
import type { FixPlan } from '../model/fix-plan.ts';
import type { ControlResult, HostResult } from '../model/report.ts';
import { toHostError, type Session } from '../transport/index.ts';
import { carryOutAll, type Mended } from './carry-out-all.ts';
import { lookInside } from './look-again.ts';
import { planFor, type Fixing } from './plan-fixes.ts';

/** What was planned for one host, and what became of it; no outcomes when nobody said yes. */
export interface Fixed {
  plan: FixPlan;
  /** Why nothing was planned: the host could not be reached any more. */
  error: HostError | null;
  outcomes: Mended[];
}

/** Plans from a finished audit, asks, and carries the transactions out one after the other. */
export async function fixHost(host: HostResult, fixing: Fixing): Promise<Fixed> {
  try {
    const session = await fixing.source.transport.open!(fixing.timeoutSeconds);
    try {
      return { ...(await planAndCarryOut(host, session, fixing)), error: null };
    } finally {
      session.close();
    }
  } catch (error) {
    return { plan: { hash: '', transactions: [], left: [] }, outcomes: [], error: toHostError(error) };
  }
}

/** Plans again as long as a plan that went well was waited for by others: each is asked for by itself. */
async function planAndCarryOut(
  host: HostResult,
  session: Session,
  fixing: Fixing,
  tried: readonly string[] = [],
): Promise<Omit<Fixed, 'error'>> {
  const plan = await planFor(host, session, fixing, (id) => !tried.includes(id));
  if (!(await fixing.confirm(plan)) || plan.transactions.length === 0) return { plan, outcomes: [] };
  const outcomes = await carryOutAll(plan, host, session, fixing);
  const waited = plan.left.some(({ why }) => why === 'later');
  if (!waited || outcomes.every(({ status }) => status !== 'fixed')) return { plan, outcomes };
  const all = [...tried, ...plan.transactions.flatMap(({ controls }) => controls)];
  const next = await planAndCarryOut(asItIsNow(host, await lookInside(fixing)), session, fixing, all);
  return {
    plan: { ...next.plan, hash: plan.hash, transactions: [...plan.transactions, ...next.plan.transactions] },
    outcomes: [...outcomes, ...next.outcomes],
  };
}

/** What only shows from outside is left as it was. */
function asItIsNow(host: HostResult, inside: ReadonlyMap<string, ControlResult>): HostResult {
  return { ...host, controls: host.controls.map((each) => inside.get(each.id) ?? each) };
}
