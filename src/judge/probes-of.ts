import type { Check, Control } from '../model/control.ts';
import type { Probe } from '../model/probe.ts';
import { split, type Resources } from './check.ts';

/** Every probe that a control needs, conditions included, as often as it asks for it. */
export function probesOf(control: Control, resources: Resources): Probe[] {
  const checks = [control.onlyIf, control.requires, control.check].filter((each) => each !== null);
  return checks.flatMap((check) => probesOfCheck(check, resources));
}

function probesOfCheck(check: Check, resources: Resources): Probe[] {
  if ('all' in check) return check.all.flatMap((each) => probesOfCheck(each, resources));
  if ('any' in check) return check.any.flatMap((each) => probesOfCheck(each, resources));
  if ('not' in check) return probesOfCheck(check.not, resources);
  const resource = resources[check.resource]!;
  return resource.probes(split(check, resource).select as never);
}
