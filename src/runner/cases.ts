import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { casesPath, loadCases, rootOf, type Case, type Catalog, type Change } from '../catalog/index.ts';
import { judgeHost } from '../judge/index.ts';
import type { Control } from '../model/control.ts';
import type { Answer, Evidence } from '../model/evidence.ts';
import type { ControlResult } from '../model/report.ts';
import type { Resource } from '../resources/resource.ts';
import { planProbes } from './plan.ts';

/** What became of one case of one control. */
export interface CaseResult {
  control: string;
  name: string;
  ok: boolean;
  /** Why not, in words. */
  message: string;
}

type Resources = Readonly<Record<string, Resource>>;

/** Judges a control on the evidence of each of its cases. A control without cases is a failed result, not a skip. */
export async function runCases(control: Control, catalog: Catalog, resources: Resources): Promise<CaseResult[]> {
  const path = casesPath(catalog.paths[control.id]!);
  const root = rootOf(path);
  const { cases, problems } = await loadCases(path, root);
  if (!cases || problems.length) {
    const message = problems.map((each) => `${each.file}:${each.line} ${each.message}`).join('; ');
    return [{ control: control.id, name: '(cases file)', ok: false, message }];
  }
  return Promise.all(cases.cases.map((each) => runCase(each, control, resources, join(root, 'test', 'hosts'))));
}

async function runCase(each: Case, control: Control, resources: Resources, hosts: string): Promise<CaseResult> {
  const done = (message: string): CaseResult => ({ control: control.id, name: each.name, ok: message === '', message });
  const path = join(hosts, `${each.from}.json`);
  if (!existsSync(path)) return done(`there is no recorded host ${each.from} in ${hosts}`);
  const recorded = JSON.parse(await readFile(path, 'utf8')) as Evidence;
  const errors: string[] = [];
  const evidence = (each.change ?? []).reduce((host, change) => applyChange(host, change, errors), recorded);
  if (errors.length) return done(errors.join('; '));
  const plan = planProbes([control], resources);
  const input = {
    controls: [control],
    leftOut: [],
    reasons: {},
    plan,
    evidence,
    waivers: [],
    resources,
    judgedAt: evidence.collectedAt,
  };
  return done(compare(each, judgeHost(input).controls[0]!));
}

function applyChange(evidence: Evidence, change: Change, errors: string[]): Evidence {
  const answer = evidence.probes[change.probe];
  if (!answer) {
    errors.push(`the recorded host has no probe "${change.probe}"`);
    return evidence;
  }
  return { ...evidence, probes: { ...evidence.probes, [change.probe]: changed(answer, change, errors) } };
}

function changed(answer: Answer, change: Change, errors: string[]): Answer {
  const {
    replace = {},
    stdout = answer.stdout,
    stderr = answer.stderr,
    code = answer.code,
    outcome = answer.outcome,
  } = change;
  let text = stdout;
  for (const [from, to] of Object.entries(replace)) {
    if (!text.includes(from)) errors.push(`"${from}" does not stand in ${change.probe}, so nothing would be replaced`);
    text = text.replaceAll(from, to);
  }
  const silent = outcome !== 'exited';
  return { ...answer, stdout: silent ? '' : text, stderr, code: silent ? null : code, outcome };
}

function compare(wanted: Case, got: ControlResult): string {
  const words = [
    got.reason ?? '',
    ...got.findings.filter((each) => each.level !== 'info').map((each) => `${each.message} ${each.where ?? ''}`),
  ].join('\n');
  if (got.status !== wanted.expect) return `is ${got.status}, expected ${wanted.expect}: ${words}`;
  const missing = (wanted.says ?? []).filter((text) => !words.includes(text));
  return missing.length ? `does not say ${missing.map((each) => `"${each}"`).join(', ')}: ${words}` : '';
}
