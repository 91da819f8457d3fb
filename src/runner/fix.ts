import { digestOfProbe } from '../evidence/index.ts';
import {
  carryOut,
  deadlineOf,
  needsOf,
  planFixes,
  readState,
  stateName,
  stateProbe,
  untold,
  whoAmI,
  type Outcome,
} from '../fix/index.ts';
import type { Risk } from '../model/fix.ts';
import type { FixPlan, Transaction } from '../model/fix-plan.ts';
import type { HostError } from '../model/evidence.ts';
import type { ControlResult, HostResult } from '../model/report.ts';
import { toHostError, type Session } from '../transport/index.ts';
import type { Audit } from './audit.ts';
import type { Source } from './collect.ts';
import { compare, lookInside, type Comparison } from './look-again.ts';

export interface Fixing {
  audit: Audit;
  source: Source;
  timeoutSeconds: number;
  secrets: Readonly<Record<string, string>>;
  /** Risks that were said yes to; null: a person is asked. */
  allowed: ReadonlySet<Risk> | null;
  deadline: number;
  soak: number;
  /** Shown before anything is done; whether to go on. */
  confirm: (plan: FixPlan) => Promise<boolean>;
  onState: (transaction: Transaction, words: string) => void;
}

/** What was planned for one host, and what became of it; no outcomes when nobody said yes. */
export interface Fixed {
  plan: FixPlan;
  /** Why nothing was planned: the host could not be reached any more. */
  error: HostError | null;
  outcomes: (Outcome & { transaction: Transaction })[];
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

/** For all that fails, or for some of it. */
async function planFor(
  host: HostResult,
  session: Session,
  fixing: Fixing,
  isWanted: (id: string) => boolean,
): Promise<FixPlan> {
  const failing = new Set(host.controls.filter(fails).map(({ id }) => id));
  const controls = fixing.audit.controls.filter(({ id }) => failing.has(id) && isWanted(id));
  const steps = controls.flatMap(({ fix }) => fix?.automatic?.steps ?? []);
  const probe = stateProbe(needsOf(steps));
  const planned = { ...probe, digest: digestOfProbe(probe) };
  const { answers } = await fixing.source.transport.collect([planned], { timeoutSeconds: fixing.timeoutSeconds });
  const state = readState(answers[stateName]);
  return planFixes({
    failing: controls,
    passing: await holding(host, fixing, new Set(controls.flatMap(({ fix }) => fix?.automatic?.requires ?? []))),
    host: state ?? untold,
    provable: session.login,
    allowed: fixing.allowed,
  });
}

/** Ids of what holds; what a fix requires is looked at even when somebody chose other controls. */
async function holding(host: HostResult, fixing: Fixing, required: ReadonlySet<string>): Promise<Set<string>> {
  const audited = new Map(host.controls.map((each) => [each.id, each]));
  const known = [...required].every((id) => audited.has(id)) ? audited : await lookInside(fixing);
  return new Set([...known.values()].filter(({ status }) => status === 'pass').map(({ id }) => id));
}

/** A waived risk is somebody's decision. */
function fails({ status, waiver }: ControlResult): boolean {
  return status === 'fail' && waiver?.state !== 'live';
}

/** One that was undone does not keep the others: what builds on it finds its files changed, and is refused by the host. */
async function carryOutAll(
  plan: FixPlan,
  host: HostResult,
  session: Session,
  fixing: Fixing,
): Promise<Fixed['outcomes']> {
  const operator = await whoAmI(session);
  const outcomes: Fixed['outcomes'] = [];
  let before = await lookInside(fixing);
  let waiting = plan.transactions;
  while (waiting.length > 0) {
    const [transaction, ...rest] = waiting as [Transaction, ...Transaction[]];
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
    outcomes.push({ ...outcome, transaction });
    if (outcome.status === 'reverted-lockout' || outcome.status === 'rollback-failed') break;
    const { after = before, unmended = [] } = (seen ?? {}) as Partial<Comparison>;
    if (outcome.status === 'fixed') before = after;
    const again = outcome.status === 'fixed' ? [] : await withoutThese(unmended, transaction, host, session, fixing);
    waiting = [...again, ...rest];
  }
  return outcomes;
}

/** What shares a transaction with a fix that did not help is tried once more without it: a part of what was agreed to. */
async function withoutThese(
  unmended: string[],
  { risk, controls }: Transaction,
  host: HostResult,
  session: Session,
  fixing: Fixing,
): Promise<Transaction[]> {
  const good = controls.filter((id) => !unmended.includes(id));
  if (unmended.length === 0 || good.length === 0) return [];
  const { transactions } = await planFor(host, session, { ...fixing, allowed: new Set([risk]) }, (id) =>
    good.includes(id),
  );
  return transactions;
}
