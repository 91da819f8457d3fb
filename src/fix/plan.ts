import { createHash } from 'node:crypto';
import type { Control } from '../model/control.ts';
import type { Risk, Step } from '../model/fix.ts';
import { risks } from '../model/fix.ts';
import type { FixPlan, Left, Transaction } from '../model/fix-plan.ts';
import { draftGroup, type Fixable } from './draft-group.ts';
import type { HostState } from './state.ts';
import { subjectOf } from './steps/index.ts';

/** What a plan is made for. */
export interface Planning {
  /** Those that fail and are not waived, in the order of the profile. */
  failing: Control[];
  /** Ids of controls that hold. */
  passing: ReadonlySet<string>;
  host: HostState;
  /** Whether a new login can prove that the way in is still there. */
  provable: boolean;
  /** Risks that were said yes to; null: a person will be asked. */
  allowed: ReadonlySet<Risk> | null;
}

/** Computes what `--fix` would do, mildest risk first. Pure: the same evidence gives the same plan and hash. */
export function planFixes(planning: Planning): FixPlan {
  const left: Left[] = [];
  const groups = group(fixable(planning, left));
  const transactions: Transaction[] = [];
  let host = planning.host;
  for (const { risk, subject, controls } of groups) {
    const { transaction, after } = draftGroup(risk, subject, controls, host, left);
    if (!transaction) continue;
    transactions.push(transaction);
    host = after;
  }
  return { hash: hashOf(transactions), transactions, left };
}

function fixable(planning: Planning, left: Left[]): Fixable[] {
  const found = planning.failing.filter((control): control is Fixable => {
    const why = whyNot(control, planning);
    if (why) left.push({ control: control.id, ...why });
    return why === null;
  });
  const mendable = new Set(found.map(({ id }) => id));
  return found.filter((each) => isReady(each, planning.passing, mendable, left));
}

function whyNot({ fix }: Control, { provable, allowed }: Planning): Omit<Left, 'control'> | null {
  if (!fix?.automatic) return { why: 'manual', reason: 'is mended by hand' };
  const { risk } = fix.automatic;
  if (risk === 'access' && !provable) {
    const reason = 'may cut off whoever logs in, and only a login from elsewhere proves that it did not: use --target';
    return { why: 'refused', reason };
  }
  if (allowed && !allowed.has(risk)) return { why: 'refused', reason: `its risk is not allowed: --allow-risk ${risk}` };
  return null;
}

/**
 * What requires something that does not hold yet is left for the next plan: with a jail that is down all its values fail, and what is there may be
 * stricter than what would be written.
 */
function isReady(
  { id, fix }: Fixable,
  passing: ReadonlySet<string>,
  failing: ReadonlySet<string>,
  left: Left[],
): boolean {
  const missing = fix.automatic.requires.filter((each) => !passing.has(each));
  const coming = missing.length > 0 && missing.every((each) => failing.has(each));
  const reason = `needs ${missing.join(', ')} to hold first`;
  if (missing.length > 0) left.push({ control: id, why: coming ? 'later' : 'refused', reason });
  return missing.length === 0;
}

interface Group {
  risk: Risk;
  subject: string;
  controls: Fixable[];
}

/** One transaction for each risk; what may cut people off is proven subject by subject, sshd first. */
function group(controls: Fixable[]): Group[] {
  const groups: Group[] = [];
  for (const control of controls) {
    const { risk, steps } = control.fix.automatic;
    const subject = subjectFor(risk, steps);
    const known = groups.find((each) => each.risk === risk && each.subject === subject);
    if (known) known.controls.push(control);
    else groups.push({ risk, subject, controls: [control] });
  }
  const rank = ({ risk, subject }: Group) => risks.indexOf(risk) * 2 + (/^(sshd|packages)$/.test(subject) ? 0 : 1);
  return groups.sort((a, b) => rank(a) - rank(b));
}

/** Packages come from a network that may be away: nothing else is to be undone for that. */
function subjectFor(risk: Risk, [first]: Step[]): string {
  const subject = subjectOf(first!);
  return risk === 'access' || subject === 'packages' ? subject : subjects[risk];
}

const subjects: Record<Exclude<Risk, 'access'>, string> = {
  safe: 'files and settings that nobody notices',
  service: 'services that reload or restart',
  boot: 'what shows at the next boot',
};

function hashOf(transactions: Transaction[]): string {
  return createHash('sha256').update(JSON.stringify(transactions)).digest('hex').slice(0, 16);
}
