import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { casesPath, loadCases, rootOf, type Case, type Catalog } from '../catalog/index.ts';
import { judgeHost, probesOf } from '../judge/index.ts';
import type { Control } from '../model/control.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ControlResult } from '../model/report.ts';
import type { Resource } from '../resources/resource.ts';
import { applyChanges, type PlacedChange } from './changes.ts';
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
  const { cases, yaml, problems } = await loadCases(path, root);
  if (!cases || !yaml || problems.length) {
    const message = problems.map((each) => `${each.file}:${each.line} ${each.message}`).join('; ');
    return [{ control: control.id, name: '(cases file)', ok: false, message }];
  }
  const changesOf = ({ change = [] }: Case, index: number) =>
    change.map((each, at) => ({ change: each, at: yaml.locate(['cases', index, 'change', at]) }));
  const hosts = join(root, 'test', 'hosts');
  return Promise.all(cases.cases.map((each, at) => runCase(each, changesOf(each, at), control, resources, hosts)));
}

async function runCase(
  each: Case,
  changes: PlacedChange[],
  control: Control,
  resources: Resources,
  hosts: string,
): Promise<CaseResult> {
  const done = (message: string): CaseResult => ({ control: control.id, name: each.name, ok: message === '', message });
  const path = join(hosts, `${each.from}.json`);
  if (!existsSync(path)) return done(`there is no recorded host ${each.from} in ${hosts}`);
  const recorded = JSON.parse(await readFile(path, 'utf8')) as Evidence;
  const asked = new Set(probesOf(control, resources).map((probe) => probe.name));
  const { evidence, mistakes } = applyChanges(recorded, changes, control.id, asked);
  if (mistakes.length) return done(mistakes.join('; '));
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

function compare(wanted: Case, got: ControlResult): string {
  const words = [
    got.reason ?? '',
    ...got.findings.filter((each) => each.level !== 'info').map((each) => `${each.message} ${each.where ?? ''}`),
  ].join('\n');
  if (got.status !== wanted.expect) return `is ${got.status}, expected ${wanted.expect}: ${words}`;
  const missing = (wanted.says ?? []).filter((text) => !words.includes(text));
  return missing.length ? `does not say ${missing.map((each) => `"${each}"`).join(', ')}: ${words}` : '';
}
