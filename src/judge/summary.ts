import type { ControlResult, HostResult, Report, Summary } from '../model/report.ts';
import { atLeast, type Severity } from '../model/severity.ts';
import { statuses } from '../model/status.ts';

/** How many controls have each status. */
export function summarize(controls: ControlResult[]): Summary {
  const count = (status: string) => controls.filter((each) => each.status === status).length;
  return Object.fromEntries(statuses.map((status) => [status, count(status)])) as Summary;
}

/** The same over all hosts. */
export function summarizeHosts(hosts: HostResult[]): Report['summary'] {
  const total = summarize(hosts.flatMap((host) => host.controls));
  return { ...total, hosts: hosts.length, unreachable: hosts.filter((host) => !host.reachable).length };
}

/**
 * The exit code that gates: 1 a control at or above `failOn` fails; 3 not everything could be told, which counts
 * whatever `failOn` says; 0 otherwise. No host and no control is never 0.
 */
export function gate(hosts: HostResult[], failOn: Severity): 0 | 1 | 3 {
  const controls = hosts.flatMap((host) => host.controls);
  if (controls.some((each) => each.status === 'fail' && atLeast(each.severity, failOn))) return 1;
  const untold = controls.some((each) => each.status === 'error') || hosts.some((host) => host.error !== null);
  return untold || hosts.some((host) => host.controls.length === 0) || hosts.length === 0 ? 3 : 0;
}
