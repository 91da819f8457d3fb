import {
  all,
  any,
  describe,
  match,
  not,
  sentence,
  state,
  type Fact,
  type Known,
  type Outcome,
} from '../matchers/index.ts';
import type { Check, ResourceCheck } from '../model/control.ts';
import type { Observation } from '../model/observation.ts';
import type { Finding } from '../model/report.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Resource } from '../resources/resource.ts';

/** A verdict with the findings that led to it. */
export interface Verdict {
  outcome: Outcome;
  findings: Finding[];
}

export type Resources = Readonly<Record<string, Resource>>;

/**
 * Judges a check tree on evidence, by Kleene's logic: what could not be told decides nothing and hides nothing.
 * Findings that did not decide (a failed branch of an `any` that passed) come back as `info`.
 */
export function judgeCheck(check: Check, evidence: Evidence, resources: Resources): Verdict {
  if ('all' in check) return join(check.all, all, evidence, resources);
  if ('any' in check) return join(check.any, any, evidence, resources);
  if ('not' in check) return negate(judgeCheck(check.not, evidence, resources));
  return judgeResource(check, evidence, resources[check.resource]!);
}

function join(checks: Check[], logic: typeof all, evidence: Evidence, resources: Resources): Verdict {
  const verdicts = checks.map((each) => judgeCheck(each, evidence, resources));
  const outcome = logic(verdicts.map((each) => each.outcome));
  return {
    outcome,
    findings: settle(
      outcome,
      verdicts.flatMap((each) => each.findings),
    ),
  };
}

/** Under a passing verdict nothing may read as a failure or an error any more. */
function settle(outcome: Outcome, findings: Finding[]): Finding[] {
  if (outcome !== 'pass') return findings;
  return findings.map((each) => (each.level === 'fail' || each.level === 'error' ? { ...each, level: 'info' } : each));
}

/** An absence proves nothing about the opposite: `not` of a check that failed only for an absence is unknown. */
function negate(inner: Verdict): Verdict {
  const forAbsence = inner.outcome === 'fail' && inner.findings.some((each) => each.code === 'absent');
  const outcome = forAbsence ? 'unknown' : not(inner.outcome);
  const level = { pass: 'info', fail: 'fail', unknown: 'error', skip: 'info' }[outcome] as Finding['level'];
  return {
    outcome,
    findings: inner.findings.map((each) => ({ ...each, level, message: `not allowed: ${each.message}` })),
  };
}

function judgeResource(check: ResourceCheck, evidence: Evidence, resource: Resource): Verdict {
  const { select, expected } = split(check, resource);
  const observations = observe(resource, select, evidence);
  const verdicts = Object.entries(expected).map(([fact, wanted]) =>
    judgeFact(
      resource,
      fact,
      wanted,
      observations.filter((each) => each.fact === fact),
    ),
  );
  return { outcome: all(verdicts.map((each) => each.outcome)), findings: verdicts.flatMap((each) => each.findings) };
}

/** A parser that stumbles over one host's output is a bug of ours: one control in error, not a report for nobody. */
function observe(resource: Resource, select: Record<string, unknown>, evidence: Evidence): Observation[] {
  try {
    return resource.read(select as never, answersFor(resource, select, evidence));
  } catch (error) {
    const message = `fleet-audit has a bug in its resource ${resource.type}: ${(error as Error).message}`;
    const probe = resource.probes(select as never)[0]?.name ?? resource.type;
    return Object.keys(resource.facts).map((fact) => ({
      fact,
      label: `${fact} of ${resource.type}`,
      probe,
      state: 'unknown',
      code: 'unparsable',
      message,
    }));
  }
}

/** The options of a check, told apart: what to look at, and what must be true. */
export function split(check: ResourceCheck, resource: Resource) {
  const entries = Object.entries(check.options);
  return {
    select: Object.fromEntries(entries.filter(([name]) => !(name in resource.facts))),
    expected: Object.fromEntries(entries.filter(([name]) => name in resource.facts)),
  };
}

/** A resource sees the answers to its own questions and to nothing else, and only to the very questions asked now. */
function answersFor(resource: Resource, select: Record<string, unknown>, evidence: Evidence) {
  const names = resource.probes(select as never).map((probe) => probe.name);
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(evidence.probes, name)).map((name) => [name, evidence.probes[name]!]),
  );
}

function judgeFact(resource: Resource, fact: string, wanted: unknown, observations: Observation[]): Verdict {
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
