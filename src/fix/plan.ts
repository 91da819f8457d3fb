import { createHash } from 'node:crypto';
import type { Control } from '../model/control.ts';
import type { Automatic, Risk, Step } from '../model/fix.ts';
import { risks } from '../model/fix.ts';
import type { FileChange, FixPlan, Left, LiveChange, Transaction } from '../model/fix-plan.ts';
import { diffOf } from './diff.ts';
import { Draft, Refusal } from './draft.ts';
import type { HostState } from './state.ts';
import { draftStep, subjectOf } from './steps/index.ts';

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

type Fixable = Control & { fix: { automatic: Automatic } };

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

/** A control that cannot be drafted, or whose fix changes nothing, is left out: it would fail, and the others be undone with it. */
function draftGroup(
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

function liveChanges(draft: Draft, host: HostState): LiveChange[] {
  const sysctls = [...draft.sysctls].flatMap(([key, value]): LiveChange[] => {
    const before = host.sysctls.get(key) ?? '';
    return before === value ? [] : [{ kind: 'sysctl', key, value, before }];
  });
  const units = [...draft.units].flatMap(([name, { enabled, started }]): LiveChange[] => {
    const is = host.units.get(name);
    const missing = { enabled: enabled && is?.enabled !== 'enabled', started: started && is?.active !== 'active' };
    return missing.enabled || missing.started ? [{ kind: 'unit', name, ...missing }] : [];
  });
  return [
    ...packagesAndRuns(draft),
    ...accessChanges(draft),
    ...sysctls,
    ...ufwChange(draft),
    ...docker(draft),
    ...units,
  ];
}

function packagesAndRuns({ packages, runs }: Draft): LiveChange[] {
  const installed: LiveChange[] = packages.size > 0 ? [{ kind: 'packages', names: [...packages] }] : [];
  return [...installed, ...[...runs.values()].map((run) => ({ kind: 'run' as const, ...run }))];
}

function accessChanges({ access }: Draft): LiveChange[] {
  return [...access].flatMap(([path, { before, after }]): LiveChange[] => {
    const same = before.mode === after.mode && before.owner === after.owner;
    return same ? [] : [{ kind: 'access', path, before, after }];
  });
}

function docker({ docker: read, dockerUser }: Draft): LiveChange[] {
  return [
    ...(read ? [{ kind: 'docker' as const, ...read }] : []),
    ...(dockerUser ? [{ kind: 'docker_user' } as const] : []),
  ];
}

/** Harmless where it is so already: these are asked for only by a control that fails. */
function ufwChange({ ufw: { allow, deleted, defaults, ipv6, logging, enabled } }: Draft): LiveChange[] {
  const commands = [
    // Without its chains for IPv6 loaded ufw cannot add a rule.
    ...(ipv6 ? ["sed -i 's/^IPV6=.*/IPV6=yes/' /etc/default/ufw", 'ufw reload'] : []),
    ...[...allow].map((port) => `ufw allow ${port}`),
    ...[...defaults].map(([direction, policy]) => `ufw default ${policy} ${direction}`),
    ...[...deleted].map((rule) => `ufw --force delete ${rule}`),
    ...(logging ? ['ufw logging low'] : []),
    ...(enabled ? ['ufw --force enable'] : []),
  ];
  return commands.length > 0 ? [{ kind: 'ufw', commands }] : [];
}

function hashOf(transactions: Transaction[]): string {
  return createHash('sha256').update(JSON.stringify(transactions)).digest('hex').slice(0, 16);
}
