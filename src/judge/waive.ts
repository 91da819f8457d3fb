import type { Evidence } from '../model/evidence.ts';
import { globMatches } from '../model/glob.ts';
import type { ControlResult, WaiverNote } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';

/**
 * Lays a waiver over a result. The control has run and keeps its real status in the note; only a live waiver over a
 * failing or undecided control takes it out of the exit code. A waiver lives through its last day (UTC), and the later of
 * the days of collecting and of judging decides: last year's evidence does not wake last year's waivers.
 */
export function waive(result: ControlResult, evidence: Evidence, waivers: Waiver[], judgedAt: string): ControlResult {
  const matching = waivers.filter(
    (each) => globMatches(each.control, result.id) && globMatches(each.host, evidence.host.name),
  );
  const today = [evidence.collectedAt, judgedAt].toSorted().at(-1)!.slice(0, 10);
  const waiver = matching.find((each) => each.expires >= today) ?? matching[0];
  if (!waiver) return result;
  const { reason, owner, expires } = waiver;
  const undecided = result.status === 'fail' || result.status === 'error';
  const state: WaiverNote['state'] = expires < today ? 'expired' : result.status === 'pass' ? 'stale' : 'live';
  const note = { reason, owner, expires, state, status: result.status };
  return { ...result, waiver: note, status: state === 'live' && undecided ? 'waived' : result.status };
}
