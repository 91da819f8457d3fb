import type { Change } from '../catalog/index.ts';
import type { Position } from '../model/control.ts';
import type { Answer, Evidence } from '../model/evidence.ts';

/** A change that a case makes to a recorded host, and where it is written. */
export interface PlacedChange {
  change: Change;
  at: Position;
}

/**
 * What the host would have answered instead. A change that cannot matter proves nothing, so it is a mistake: of a
 * probe that the control does not ask, of an answer that is not there, of text that it does not hold.
 */
export function applyChanges(
  recorded: Evidence,
  changes: PlacedChange[],
  control: string,
  asked: ReadonlySet<string>,
): { evidence: Evidence; mistakes: string[] } {
  const probes = { ...recorded.probes };
  const mistakes = changes.flatMap(({ change, at }) => {
    const found: string[] = [];
    const answer = probes[change.probe];
    if (!asked.has(change.probe)) found.push(notAsked(change.probe, control, asked));
    else if (!answer) found.push(`the recorded host was never asked ${change.probe}: npm run record -- ${control}`);
    else probes[change.probe] = changed(answer, change, found);
    return found.map((words) => `${at.file}:${at.line} ${words}`);
  });
  return { evidence: { ...recorded, probes }, mistakes };
}

function notAsked(probe: string, control: string, asked: ReadonlySet<string>): string {
  return `changes ${probe}, which ${control} does not ask; it asks ${[...asked].join(', ')}`;
}

function changed(answer: Answer, change: Change, mistakes: string[]): Answer {
  const { replace = {}, stderr = answer.stderr, code = answer.code, outcome = answer.outcome } = change;
  let text = change.stdout ?? answer.stdout;
  for (const [from, to] of Object.entries(replace)) {
    if (!text.includes(from))
      mistakes.push(`"${from}" does not stand in ${change.probe}, so nothing would be replaced`);
    text = text.replaceAll(from, to);
  }
  const silent = outcome !== 'exited';
  return { ...answer, stdout: silent ? '' : text, stderr, code: silent ? null : code, outcome };
}
