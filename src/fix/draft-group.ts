import type { Control } from '../model/control.ts';
import type { Automatic, Risk } from '../model/fix.ts';
import type { FileChange, Left, Transaction } from '../model/fix-plan.ts';
import { diffOf } from './diff.ts';
import { Draft, Refusal } from './draft.ts';
import { liveChanges } from './live-changes.ts';
import type { HostState } from './state.ts';
import { draftStep } from './steps/index.ts';

/** A control that has steps. */
export type Fixable = Control & { fix: { automatic: Automatic } };

/** A control that cannot be drafted, or whose fix changes nothing, is left out: it would fail, and the others be undone with it. */
export function draftGroup(
  risk: Risk,
  subject: string,
  controls: Fixable[],
  host: HostState,
  left: Left[],
): { transaction: Transaction | null; after: HostState } {
  const good: Fixable[] = [];
  for (const control of controls) {
    const why = whyUndraftable(control, good, host);
    if (why) left.push({ control: control.id, ...why });
    else good.push(control);
  }
  if (good.length === 0) return { transaction: null, after: host };
  const draft = draftAll(good, host) as Draft;
  const transaction = toTransaction(risk, subject, good, draft, host);
  return { transaction, after: { ...host, files: new Map([...host.files, ...draft.files]) } };
}

function whyUndraftable(control: Fixable, good: Fixable[], host: HostState): Omit<Left, 'control'> | null {
  const trial = draftAll([...good, control], host);
  if (trial instanceof Refusal) return { why: 'refused', reason: trial.message };
  const alone = draftAll([control], host) as Draft;
  if (changedFiles(alone, host).length + liveChanges(alone, host).length > 0) return null;
  return { why: 'manual', reason: 'what the fix sets is already set, and yet it fails: see its finding' };
}

function draftAll(controls: Fixable[], host: HostState): Draft | Refusal {
  const draft = new Draft(host);
  try {
    for (const { fix } of controls) fix.automatic.steps.forEach((step) => draftStep(step, draft));
    draft.mergeAccess();
    return draft;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function toTransaction(risk: Risk, subject: string, controls: Fixable[], draft: Draft, host: HostState): Transaction {
  return {
    risk,
    subject,
    controls: controls.map(({ id }) => id),
    files: changedFiles(draft, host),
    live: liveChanges(draft, host),
    validate: [...draft.validate],
    activate: [...draft.activate],
    dangers: [...new Set(controls.map(({ fix }) => fix.automatic.danger).filter((each) => each !== null))],
  };
}

function changedFiles(draft: Draft, host: HostState): FileChange[] {
  return [...draft.files].flatMap(([path, after]) => {
    const before = (host.files.get(path) ?? null) as typeof after | null;
    const same = before && (['content', 'mode', 'owner'] as const).every((key) => before[key] === after[key]);
    return same ? [] : [{ path, before, after, diff: diffOf(path, before, after) }];
  });
}
