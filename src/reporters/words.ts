import { plural } from '../model/plural.ts';
import type { ControlResult, Finding, Report, WaiverNote } from '../model/report.ts';
import { severities, type Severity } from '../model/severity.ts';
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

/** How it stands, in one sentence. */
export function totals({ hosts, summary }: Report): string {
  const failing = hosts.flatMap((host) => host.controls).filter((each) => each.status === 'fail');
  const parts = [
    ...(summary.fail ? [`${plural(summary.fail, 'control')} failed (${bySeverity(failing)})`] : []),
    ...(summary.error ? [`${summary.error} could not be told`] : []),
    `${summary.pass} passed`,
    ...(summary.waived ? [`${summary.waived} waived`] : []),
    ...(summary.skip ? [`${summary.skip} skipped`] : []),
  ];
  return parts.join(', ');
}

/** What the exit code of a report means. */
export function exitWords({ exitCode, failOn, summary }: Report): string {
  switch (exitCode) {
    case 0:
      return summary.fail
        ? `all failures are below --fail-on ${failOn}`
        : 'every control holds, is waived or does not apply';
    case 1:
      return `a control at or above --fail-on ${failOn} failed`;
    case 3:
      return `nothing at or above --fail-on ${failOn} failed, but not everything could be told`;
    case 4:
      return 'a fix was undone: each control says why';
    case 5:
      return 'a fix could not be undone: a person is needed on the host now';
    default:
      return 'the manual says what it means';
  }
}

/** "1 critical, 3 high". */
function bySeverity(controls: ControlResult[]): string {
  const count = (severity: Severity) => controls.filter((each) => each.severity === severity).length;
  return severities
    .toReversed()
    .filter(count)
    .map((severity) => `${count(severity)} ${severity}`)
    .join(', ');
}
