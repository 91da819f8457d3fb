import type { ControlResult, Finding, Report, WaiverNote } from '../model/report.ts';
import { atLeast, severities, type Severity } from '../model/severity.ts';
import { oneLine } from './sanitize.ts';

/** The findings that made a control what it is; for a waived one, those under the waiver. */
export function decisive(control: ControlResult): Finding[] {
  const status = control.status === 'waived' ? control.waiver!.status : control.status;
  const deciding = control.findings.filter((each) => each.level === status);
  const untold = status === 'fail' ? control.findings.filter((each) => each.level === 'error') : [];
  return [...deciding, ...untold];
}

/** The first thing to say about a control that does not hold. */
export function headline(control: ControlResult): string {
  const first = decisive(control)[0];
  return first ? oneLine(first.message) : `no finding says why: ${oneLine(control.title)}`;
}

/** Who accepted what, and until when. */
export function waiverWords({ reason, owner, expires }: WaiverNote): string {
  return `${oneLine(reason)} (${oneLine(owner)}, until ${oneLine(expires)})`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What the exit code of a report means. */
export function exitWords({ exitCode, hosts, failOn }: Report): string {
  const controls = hosts.flatMap((host) => host.controls);
  const failing = controls.filter((each) => each.status === 'fail');
  switch (exitCode) {
    case 0:
      return failing.length
        ? `${plural(failing.length, 'control')} failed, all below --fail-on ${failOn}`
        : 'every control holds, is waived or does not apply';
    case 1:
      return `${bySeverity(failing.filter((each) => atLeast(each.severity, failOn)))} failed (--fail-on ${failOn})`;
    case 3:
      return `no control at or above --fail-on ${failOn} failed, but not everything could be told`;
    default:
      return 'see the manual for what this exit code means';
  }
}

/** "4 controls (1 critical, 3 high)". */
function bySeverity(controls: ControlResult[]): string {
  const count = (severity: Severity) => controls.filter((each) => each.severity === severity).length;
  const parts = severities.toReversed().filter(count).map((severity) => `${count(severity)} ${severity}`);
  return `${plural(controls.length, 'control')} (${parts.join(', ')})`;
}
