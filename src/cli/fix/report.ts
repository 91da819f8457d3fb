import type { FixStatus, Left } from '../../model/fix-plan.ts';
import type { ControlResult, HostResult, Report } from '../../model/report.ts';
import type { Fixed } from '../../runner/index.ts';
import { exitCodes } from '../exit.ts';
import type { FixedHosts } from './fix.ts';

/** The last audit with what fixing did to each control, from before it; the exit code counts the worst of both. */
export function withFixes(before: Report, after: Report, fixed: FixedHosts): Report {
  const hosts = after.hosts.map((host) => {
    const earlier = before.hosts.find(({ name }) => name === host.name)!;
    const what = fixed.get(host.name);
    return what ? { ...host, controls: host.controls.map((each) => withFix(each, earlier, what)) } : host;
  });
  return { ...after, hosts, exitCode: exitCodeOf(after.exitCode, fixed) };
}

function withFix(control: ControlResult, earlier: HostResult, fixed: Fixed): ControlResult {
  const was = earlier.controls.find(({ id }) => id === control.id)!;
  const told = isMended(was, control, fixed) ? mended : toldOf(control.id, fixed);
  if (told === null) return control;
  return {
    ...control,
    fix: { ...control.fix, status: told.status, reason: told.reason, before: wordsOf(was), after: wordsOf(control) },
  };
}

interface Told {
  status: FixStatus;
  reason: string | null;
}

const mended: Told = { status: 'fixed', reason: null };

/** Be it by its own fix or by another one's; never by what could not be undone, whatever the host looks like then. */
function isMended(was: ControlResult, { id, status }: ControlResult, { outcomes }: Fixed): boolean {
  const own = outcomes.findLast(({ transaction }) => transaction.controls.includes(id));
  return (
    was.status === 'fail' &&
    status === 'pass' &&
    own?.status !== 'rollback-failed' &&
    outcomes.some((each) => each.status === 'fixed')
  );
}

function toldOf(id: string, { plan, outcomes }: Fixed): Told | null {
  const left = plan.left.find(({ control }) => control === id);
  if (left) return { status: statusOf(left, outcomes.length > 0), reason: left.reason };
  if (!plan.transactions.some(({ controls }) => controls.includes(id))) return null;
  const last = outcomes.findLast(({ transaction }) => transaction.controls.includes(id));
  return last
    ? { status: last.status, reason: last.unmended.get(id) ?? last.reason }
    : { status: 'planned', reason: null };
}

/** What waits for another fix is planned, until that one was tried and did not help. */
function statusOf({ why }: Left, tried: boolean): FixStatus {
  if (why === 'manual') return 'needs-manual';
  return why === 'later' && !tried ? 'planned' : 'refused';
}

function wordsOf({ status, findings }: ControlResult): string {
  const wanted = findings.filter(({ level }) => level === (status === 'pass' ? 'pass' : 'fail'));
  return [status, ...wanted.map(({ message }) => message)].join(': ');
}

function exitCodeOf(judged: number, fixed: FixedHosts): number {
  const statuses = [...fixed.values()].flatMap(({ outcomes }) => outcomes.map(({ status }) => status));
  if (statuses.includes('rollback-failed')) return exitCodes.rollbackFailed;
  const undone = statuses.some((each) => each === 'fix-failed-rolled-back' || each === 'reverted-lockout');
  return undone ? exitCodes.rolledBack : judged;
}
