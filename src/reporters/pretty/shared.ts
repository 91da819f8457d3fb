import type { ControlResult } from '../../model/report.ts';
import { oneLine } from '../sanitize.ts';
import { headline, waiverWords } from '../words.ts';

/** Controls of one status that all have the same thing to say: said once. */
export interface Shared {
  status: 'error' | 'skip' | 'waived';
  reason: string;
  controls: ControlResult[];
}

const enough = 3;

/** Reasons that three controls or more share; 57 repetitions of "sudo refused" would hide what matters. */
export function sharedReasons(controls: ControlResult[]): Shared[] {
  const groups = new Map<string, Shared>();
  for (const control of controls) {
    const { status } = control;
    if (status === 'pass' || status === 'fail') continue;
    const key = `${status} ${reasonOf(control)}`;
    const group = groups.get(key) ?? { status, reason: reasonOf(control), controls: [] };
    group.controls.push(control);
    groups.set(key, group);
  }
  return [...groups.values()].filter((group) => group.controls.length >= enough);
}

/** Why a control was not judged, without the words that name the very fact it asked for. */
export function reasonOf(control: ControlResult): string {
  if (control.status === 'waived') return waiverWords(control.waiver!);
  if (control.status === 'skip')
    return oneLine(control.reason ?? control.findings[0]?.message ?? 'no reason was given');
  return headline(control).replace(/^could not (?:tell .*?|be told): /, '');
}
