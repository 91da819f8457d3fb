import { all, describe, match, sentence, state, type Fact, type Known } from '../matchers/index.ts';
import type { Observation } from '../model/observation.ts';
import type { Resource } from '../resources/resource.ts';
import type { Verdict } from './verdict.ts';

/** Judges what a resource told of one fact; every observation of it must hold. */
export function judgeFact(resource: Resource, fact: string, wanted: unknown, observations: Observation[]): Verdict {
  if (observations.length === 0) {
    const message = `could not tell ${fact} of ${resource.type}: nothing was observed`;
    return { outcome: 'unknown', findings: [{ level: 'error', code: 'not-collected', message }] };
  }
  const verdicts = observations.map((each) => judgeObservation(resource, wanted, each));
  const outcome = all(verdicts.map((each) => each.outcome));
  return { outcome, findings: verdicts.flatMap((each) => each.findings) };
}

function judgeObservation(resource: Resource, wanted: unknown, seen: Observation): Verdict {
  const origin = { probe: seen.probe, ...(seen.where && { where: seen.where }) };
  if (seen.state === 'unknown') {
    const message = `could not tell ${seen.label}: ${seen.message}`;
    return {
      outcome: 'unknown',
      findings: [{ level: 'error', code: seen.code, message, expected: wanted, ...origin }],
    };
  }
  if (seen.state === 'skipped') {
    return { outcome: 'skip', findings: [{ level: 'info', code: 'skipped', message: seen.message, ...origin }] };
  }
  const known: Known = seen.state === 'absent' ? { absent: true } : { absent: false, value: seen.value };
  const fact = resource.facts[seen.fact]!;
  const { outcome, code, detail } = match(fact, wanted, known);
  const level = ({ pass: 'pass', fail: 'fail', unknown: 'error', skip: 'info' } as const)[outcome];
  const message =
    words(fact, wanted, seen, known, outcome === 'pass') + (outcome !== 'pass' && detail ? ` (${detail})` : '');
  const actual = known.absent ? null : known.value;
  return { outcome, findings: [{ level, code, message, expected: wanted, actual, ...origin }] };
}

/** What holds needs no "expected". */
function words(fact: Fact, wanted: unknown, seen: Observation, known: Known, holds: boolean): string {
  if (seen.state === 'absent')
    return holds ? seen.message : `${seen.message}, expected ${seen.label}: ${describe(fact, wanted)}`;
  const note = seen.note ?? '';
  return holds ? state(fact, seen.label, known, note) : sentence(fact, seen.label, wanted, known, note);
}
