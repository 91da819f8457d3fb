import { digestOfProbe } from '../evidence/index.ts';
import { carryOut, needsOf, planFixes, readState, stateName, stateProbe, whoAmI, type Outcome } from '../fix/index.ts';
import type { Control } from '../model/control.ts';
import type { Risk } from '../model/fix.ts';
import type { FixPlan, Transaction } from '../model/fix-plan.ts';
import type { HostError } from '../model/evidence.ts';
import type { ControlResult, HostResult } from '../model/report.ts';
import { toHostError, type Session } from '../transport/index.ts';
import { collectAll, judgeAll, type Audit } from './audit.ts';
import type { Source } from './collect.ts';
import { planProbes } from './plan.ts';

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

async function planAndCarryOut(host: HostResult, session: Session, fixing: Fixing): Promise<Omit<Fixed, 'error'>> {
  const plan = await planFor(host, session, fixing);
  const go = (await fixing.confirm(plan)) && plan.transactions.length > 0;
  return { plan, outcomes: go ? await carryOutAll(plan, host, session, fixing) : [] };
}

async function planFor(host: HostResult, session: Session, fixing: Fixing): Promise<FixPlan> {
  const controls = fixing.audit.controls.filter(({ id }) =>
    host.controls.some((each) => each.id === id && fails(each)),
  );
  const steps = controls.flatMap(({ fix }) => fix?.automatic?.steps ?? []);
  const probe = stateProbe(needsOf(steps));
  const planned = { ...probe, digest: digestOfProbe(probe) };
  const { answers } = await fixing.source.transport.collect([planned], { timeoutSeconds: fixing.timeoutSeconds });
  const state = readState(answers[stateName]);
  return planFixes({
    failing: controls,
    passing: new Set(host.controls.filter(({ status }) => status === 'pass').map(({ id }) => id)),
    host: state ?? { files: new Map(), sysctls: new Map(), units: new Map() },
    provable: session.login,
    allowed: fixing.allowed,
  });
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
  const { source, deadline, soak } = fixing;
  const operator = await whoAmI(session);
  const outcomes: Fixed['outcomes'] = [];
  let before = statusesOf(host);
  for (const transaction of plan.transactions) {
    const verify = async () => {
      const { words, after } = await lookAgain(transaction, before, fixing);
      if (words === null) before = after;
      return words;
    };
    const onState = (words: string) => fixing.onState(transaction, words);
    const engine = { transport: source.transport, session, operator, deadline, soak, verify, onState };
    const outcome = await carryOut(transaction, engine);
    outcomes.push({ ...outcome, transaction });
    if (outcome.status === 'reverted-lockout' || outcome.status === 'rollback-failed') break;
  }
  return outcomes;
}

type Statuses = ReadonlyMap<string, ControlResult>;

const statusesOf = ({ controls }: HostResult): Statuses => new Map(controls.map((each) => [each.id, each]));

/** Judges from inside alone: a sweep of all ports would outlast the way back. What was good must be good, what was mended too. */
async function lookAgain(
  transaction: Transaction,
  before: Statuses,
  { audit, source, timeoutSeconds, secrets }: Fixing,
): Promise<{ words: string | null; after: Statuses }> {
  const controls = audit.controls.filter((control) => isInside(control, audit));
  const inside = { ...audit, controls };
  const evidence = await collectAll(inside, [source], { concurrency: 1, timeoutSeconds, secrets });
  const after = statusesOf(judgeAll(inside, evidence, new Date(), 0).hosts[0]!);
  const bad = [...after.values()].filter((each) => {
    const wanted = transaction.controls.includes(each.id) || before.get(each.id)?.status === 'pass';
    return wanted && each.status !== 'pass';
  });
  const words = bad.length > 0 ? `afterwards ${bad.map(sentence).join('; ')}` : null;
  return { words, after: new Map([...before, ...after]) };
}

function isInside(control: Control, { resources }: Audit): boolean {
  return planProbes([control], resources).probes.every((probe) => probe.kind === 'host');
}

function sentence({ id, status, findings }: ControlResult): string {
  const finding = findings.find((each) => each.level === 'fail' || each.level === 'error');
  return `${id} is ${status}${finding ? ` (${finding.message})` : ''}`;
}
