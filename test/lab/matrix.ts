import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost, type Release } from '../../lab/index.ts';
import { casesPath, loadCases, type Catalog } from '../../src/catalog/index.ts';
import type { HostResult } from '../../src/model/report.ts';
import type { Status } from '../../src/model/status.ts';
import { collectFrom, judge, loadGuide, wordsOf } from './audit.ts';
import { unavailable } from './unavailable.ts';

/** What cannot hold on a lab host, and why: nothing else may be red on a hardened one. */
export const deviations: Record<string, string> = {
  'sys-os-release': 'the lab boots Debian, the guide wants Ubuntu 24.04',
};

interface Trial {
  control: string;
  name: string;
  do: string;
  says: string[];
  also: string[];
  kind: 'violation' | 'equivalent';
}

const catalog = await loadGuide();
const trials = await loadTrials(catalog);

/** The matrix of one release: every violation of every control on a freshly booted hardened host, and every equivalent. */
export function matrixOf(release: Release): void {
  describe.skipIf(unavailable)(`${release}: the hardened host`, () => {
    let baseline: HostResult;
    const rows: string[] = [];

    beforeAll(async () => {
      baseline = await withHost(release, (host) => audited(host));
    });
    afterAll(() => console.log([`${release}: control × violation`, ...rows].join('\n')));

    test('passes everything but the stated deviations', () => {
      const red = baseline.controls.filter(
        (each) => each.status !== 'pass' && each.status !== 'skip' && !(each.id in deviations),
      );
      expect(red.map((each) => `${each.id} ${each.status}: ${wordsOf(baseline, each.id)}`)).toEqual([]);
    });

    for (const trial of trials.get(release)!) {
      test(`${trial.control}: ${trial.name}`, async () => {
        const result = await withHost(release, async (host) => {
          const done = await host.exec(trial.do);
          expect(done.code, `${trial.do}\n${done.stderr}`).toBe(0);
          return audited(host);
        });
        rows.push(`${trial.control} × ${trial.name} → ${statusOf(result, trial.control)}`);
        if (trial.kind === 'violation') expectCaught(trial, result);
        else expect(statusOf(result, trial.control), wordsOf(result, trial.control)).toBe('pass');
        expectUnmoved(trial, baseline, result);
      });
    }
  });
}

function expectCaught(trial: Trial, result: HostResult): void {
  expect(statusOf(result, trial.control), wordsOf(result, trial.control)).toBe('fail');
  for (const words of trial.says) expect(wordsOf(result, trial.control)).toContain(words);
}

/** Nothing but the control and those named by `also` moves. */
function expectUnmoved(trial: Trial, baseline: HostResult, result: HostResult): void {
  const moved = result.controls.filter(
    (each) => each.status !== statusOf(baseline, each.id) && each.id !== trial.control,
  );
  const unexpected = moved.filter((each) => !trial.also.includes(each.id));
  expect(unexpected.map((each) => `${each.id} ${each.status}: ${wordsOf(result, each.id)}`)).toEqual([]);
}

function statusOf(result: HostResult, id: string): Status {
  return result.controls.find((each) => each.id === id)!.status;
}

/** A reload on Debian 12 closes the port for a moment, which is not what a trial is about: such a host is asked again. */
async function audited(host: LabHost): Promise<HostResult> {
  const first = await collectFrom(host, 'ubuntu', catalog);
  if (first.error?.code !== 'refused') return judge(first, catalog);
  await sleep(1000);
  return judge(await collectFrom(host, 'ubuntu', catalog), catalog);
}

async function withHost<T>(release: Release, use: (host: LabHost) => Promise<T>): Promise<T> {
  const host = await boot({ release, layer: 'hardened' });
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}

async function loadTrials({ controls, paths }: Catalog): Promise<Map<Release, Trial[]>> {
  const found = new Map<Release, Trial[]>([
    ['debian12', []],
    ['debian13', []],
  ]);
  for (const { id } of controls) {
    const path = paths[id]!;
    const { cases } = await loadCases(casesPath(path), dirname(dirname(dirname(path))));
    for (const release of found.keys()) {
      const here = (each: { on?: Release[] }) => !each.on || each.on.includes(release);
      const violations = (cases?.violations ?? [])
        .filter(here)
        .map((each) => ({ ...each, kind: 'violation' as const }));
      const equivalents = (cases?.equivalents ?? [])
        .filter(here)
        .map((each) => ({ ...each, kind: 'equivalent' as const }));
      found
        .get(release)!
        .push(...[...violations, ...equivalents].map((each) => ({ control: id, says: [], also: [], ...each })));
    }
  }
  return found;
}
