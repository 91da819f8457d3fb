import type { Control } from '../model/control.ts';
import type { Transaction } from '../model/fix-plan.ts';
import type { ControlResult } from '../model/report.ts';
import { collectAll, judgeAll, type Audit } from './audit.ts';
import type { Source } from './collect.ts';
import { planProbes } from './plan.ts';

type Statuses = ReadonlyMap<string, ControlResult>;

/** What looking at one host takes. */
export interface Looking {
  audit: Audit;
  source: Source;
  timeoutSeconds: number;
  secrets: Readonly<Record<string, string>>;
}

/** What a look before and one after a transaction say of it. */
export interface Comparison {
  /** Why it must be undone; null when all is well. */
  words: string | null;
  /** Of the controls that it was to mend: those that do not hold, and what is said of each. */
  unmended: Map<string, string>;
  after: Statuses;
}

/**
 * Judges the whole profile, whatever was chosen of it: a fix may break what nobody asked for. From inside alone, for a sweep of all ports would
 * outlast the way back.
 */
export async function lookInside({ audit, source, timeoutSeconds, secrets }: Looking): Promise<Statuses> {
  const controls = audit.catalog.controls.filter((control) => isInside(control, audit));
  const inside = { ...audit, controls };
  const evidence = await collectAll(inside, [source], { concurrency: 1, timeoutSeconds, secrets });
  return new Map(judgeAll(inside, evidence, new Date(), 0).hosts[0]!.controls.map((each) => [each.id, each]));
}

function isInside(control: Control, { resources }: Audit): boolean {
  return planProbes([control], resources).probes.every((probe) => probe.kind === 'host');
}

/** What was to be mended must hold, as far as it can be told from inside, and what held must still hold. */
export function compare({ controls }: Transaction, before: Statuses, after: Statuses): Comparison {
  const unmended = new Map(
    controls.filter((id) => after.get(id)?.status !== 'pass').map((id) => [id, `afterwards ${sentence(id, after)}`]),
  );
  const broken = [...before.values()].filter(({ id, status }) => status === 'pass' && after.get(id)?.status !== 'pass');
  const bad = new Set([...unmended.keys(), ...broken.map(({ id }) => id)]);
  const words = bad.size > 0 ? `afterwards ${[...bad].map((id) => sentence(id, after)).join('; ')}` : null;
  return { words, unmended, after };
}

function sentence(id: string, after: Statuses): string {
  const seen = after.get(id);
  if (!seen) return `${id} could not be looked at from inside`;
  const finding = seen.findings.find((each) => each.level === 'fail' || each.level === 'error');
  return `${id} is ${seen.status}${finding ? ` (${finding.message})` : ''}`;
}
