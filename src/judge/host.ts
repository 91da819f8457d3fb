import type { Control } from '../model/control.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { ControlResult, Finding, HostResult } from '../model/report.ts';
import type { Status } from '../model/status.ts';
import type { Waiver } from '../model/waiver.ts';
import { exposureOf } from './exposure.ts';
import { judgeCheck, type Resources } from './check.ts';
import { probesOf } from './probes-of.ts';
import { summarize } from './summary.ts';
import type { Verdict } from './verdict.ts';
import { waive } from './waive.ts';

export interface JudgeInput {
  controls: Control[];
  /** Controls that the profile leaves out, with its reasons. */
  leftOut: Control[];
  reasons: Record<string, string>;
  plan: Plan;
  evidence: Evidence;
  waivers: Waiver[];
  /** When it is judged, UTC, ISO 8601: the only clock beside the evidence's own. */
  judgedAt: string;
  resources: Resources;
}

/** Judges every control on one host's evidence. Pure: no clock but the evidence's, no I/O. */
export function judgeHost(input: JudgeInput): HostResult {
  const { evidence } = input;
  const asked = onlyAsked(evidence, input.plan);
  const controls = [
    ...input.controls.map((control) =>
      waive(judgeControl(control, asked, input.resources), evidence, input.waivers, input.judgedAt),
    ),
    ...input.leftOut.map((control) =>
      result(control, 'skip', [], `left out by the profile: ${input.reasons[control.id]}`, 0),
    ),
  ];
  return {
    name: evidence.host.name,
    target: evidence.host.target,
    platform: evidence.platform,
    reachable: evidence.error === null || evidence.error.code === 'sudo',
    error: evidence.error,
    logins: evidence.logins,
    execs: evidence.execs,
    collectedAt: evidence.collectedAt,
    controls,
    exposure: exposureIn(asked),
    summary: summarize(controls),
  };
}

/** Answers to other questions than today's are no answers: a probe that has changed since must be asked again. */
function onlyAsked(evidence: Evidence, plan: Plan): Evidence {
  const digests = new Map(plan.probes.map((probe) => [probe.name, probe.digest]));
  const kept = Object.entries(evidence.probes).filter(([name, answer]) => digests.get(name) === answer.digest);
  return { ...evidence, probes: Object.fromEntries(kept) };
}

/** As with a control, a parser that stumbles must not take the report away: then nothing is said about any port. */
function exposureIn(evidence: Evidence): HostResult['exposure'] {
  try {
    return evidence.error ? [] : exposureOf(evidence);
  } catch {
    return [];
  }
}

function judgeControl(control: Control, evidence: Evidence, resources: Resources): ControlResult {
  const ms = durationOf(control, evidence, resources);
  if (evidence.error) return result(control, 'error', [hostFinding(evidence.error)], null, ms);
  const gate = control.onlyIf && judgeCheck(control.onlyIf, evidence, resources);
  if (gate && gate.outcome === 'fail') return result(control, 'skip', [], whyNot('does not apply', gate), ms);
  if (gate && gate.outcome !== 'pass') return result(control, 'error', asErrors(gate, 'whether it applies'), null, ms);
  const needs = control.requires && judgeCheck(control.requires, evidence, resources);
  if (needs && needs.outcome !== 'pass') return result(control, 'error', asErrors(needs, 'what it needs'), null, ms);
  return conclude(control, judgeCheck(control.check, evidence, resources), ms);
}

function conclude(control: Control, verdict: Verdict, ms: number): ControlResult {
  const status = ({ pass: 'pass', fail: 'fail', unknown: 'error', skip: 'skip' } as const)[verdict.outcome];
  return result(control, status, verdict.findings, status === 'skip' ? whyNot('not looked at', verdict) : null, ms);
}

/** The one finding of every control on a host that could not be asked. */
function hostFinding(error: NonNullable<Evidence['error']>): Finding {
  const code = error.code === 'sudo' ? 'denied' : 'unreachable';
  return { level: 'error', code, message: `could not be told: ${error.message}` };
}

function asErrors(verdict: Verdict, what: string): Finding[] {
  return verdict.findings
    .filter((each) => each.level === 'error' || each.level === 'fail' || each.level === 'info')
    .map((each) => ({ ...each, level: 'error', message: `could not tell ${what}: ${each.message}` }));
}

function whyNot(prefix: string, verdict: Verdict): string {
  return `${prefix}: ${verdict.findings.map((each) => each.message).join('; ')}`;
}

function durationOf(control: Control, evidence: Evidence, resources: Resources): number {
  const names = new Set(probesOf(control, resources).map((probe) => probe.name));
  return [...names].reduce((sum, name) => sum + (evidence.probes[name]?.ms ?? 0), 0);
}

function result(
  control: Control,
  status: Status,
  findings: Finding[],
  reason: string | null,
  ms: number,
): ControlResult {
  const { id, title, severity, section, tags, references, source } = control;
  return {
    id,
    title,
    severity,
    section,
    tags,
    references,
    status,
    reason,
    waiver: null,
    durationMs: ms,
    source: { file: source.file, line: source.line },
    findings,
    fix: {
      available: !!control.fix?.automatic,
      manual: control.fix?.manual ?? null,
      risk: control.fix?.automatic?.risk ?? null,
      status: null,
      reason: null,
      before: null,
      after: null,
    },
  };
}
