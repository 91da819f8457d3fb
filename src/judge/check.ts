import { all, any, not, type Outcome } from '../matchers/index.ts';
import type { Check, ResourceCheck } from '../model/control.ts';
import type { Observation } from '../model/observation.ts';
import type { Finding } from '../model/report.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Resource } from '../resources/resource.ts';
import { judgeFact } from './fact.ts';
import type { Verdict } from './verdict.ts';

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
