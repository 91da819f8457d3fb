import { casesPath, loadCases, rootOf, type Catalog } from '../../src/catalog/index.ts';
import { globMatches } from '../../src/model/glob.ts';
import type { Release } from '../../lab/index.ts';

/** One thing done to a hardened host, and what the audit has to say then. */
export interface Trial {
  control: string;
  name: string;
  do: string;
  says: string[];
  /** Globs over the other controls that may move. */
  also: string[];
  kind: 'violation' | 'equivalent';
  /** Why the control's own fix cannot mend it, in words of the report. */
  unmended?: string;
  /** The only releases that it is about. */
  on?: Release[];
}

/** All violations and equivalents of the catalogue for one release, in the order of the profile. */
export async function loadTrials({ controls, paths }: Catalog, release: Release): Promise<Trial[]> {
  const files = await Promise.all(controls.map(({ id }) => trialsOf(id, paths[id]!, release)));
  return files.flat();
}

/** True when a trial says that it may move this control. */
export function mayMove(trial: Trial, id: string): boolean {
  return id === trial.control || trial.also.some((glob) => globMatches(glob, id));
}

async function trialsOf(control: string, path: string, release: Release): Promise<Trial[]> {
  const { cases } = await loadCases(casesPath(path), rootOf(path));
  const here = (each: { on?: Release[] }) => !each.on || each.on.includes(release);
  const common = { control, says: [], also: [] };
  return [
    ...(cases?.violations ?? []).filter(here).map((each) => ({ ...common, ...each, kind: 'violation' as const })),
    ...(cases?.equivalents ?? []).filter(here).map((each) => ({ ...common, ...each, kind: 'equivalent' as const })),
  ];
}
