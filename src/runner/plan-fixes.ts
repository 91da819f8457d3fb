import { digestOfProbe } from '../evidence/index.ts';
import { needsOf, planFixes, readState, stateName, stateProbe, untold } from '../fix/index.ts';
import type { Risk } from '../model/fix.ts';
import type { FixPlan, Transaction } from '../model/fix-plan.ts';
import type { ControlResult, HostResult } from '../model/report.ts';
import type { Session } from '../transport/index.ts';
import { lookInside, type Looking } from './look-again.ts';

/** How one host is mended. */
export interface Fixing extends Looking {
  /** Risks that were said yes to; null: a person is asked. */
  allowed: ReadonlySet<Risk> | null;
  /** Seconds until the host undoes a transaction by itself. */
  deadline: number;
  /** Seconds between the two proofs that one can still log in. */
  soak: number;
  /** Shown before anything is done; whether to go on. */
  confirm: (plan: FixPlan) => Promise<boolean>;
  onState: (transaction: Transaction, words: string) => void;
}

/** For all that fails, or for some of it. */
export async function planFor(
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
