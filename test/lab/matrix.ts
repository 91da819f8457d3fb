import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost, type Release } from '../../lab/index.ts';
import type { Control } from '../../src/model/control.ts';
import type { HostResult } from '../../src/model/report.ts';
import { collectFrom, judge, loadGuide, looksFromOutside, wordsOf } from './audit.ts';
import { bundle } from './bundles.ts';
import { loadTrials, mayMove, type Trial } from './trials.ts';
import { unavailable } from './unavailable.ts';

/** Trials that share a host. */
const together = 8;

const catalog = await loadGuide('lab-debian');
const ids = catalog.controls.map((control) => control.id);

/** A sweep of all ports takes longer than all the rest: only the trials that are about it pay for it. */
const indoors = catalog.controls.filter((control) => !looksFromOutside(control));
const outdoors = catalog.controls.filter(looksFromOutside).map((control) => control.id);
const isOutdoors = (trial: Trial) => outdoors.some((id) => mayMove(trial, id));

/** The matrix of one release: every violation of every control on a freshly booted hardened host, and every equivalent. */
export async function matrixOf(release: Release): Promise<void> {
  const trials = await loadTrials(catalog, release);
  const alone = trials.filter(isOutdoors).map((trial) => [trial]);
  const bundles = bundle(
    trials.filter((trial) => !isOutdoors(trial)),
    ids,
    together,
  );
  const company = new Map([...alone, ...bundles].flatMap((all) => all.map((trial) => [trial, all])));

  describe.skipIf(unavailable)(`${release}: the hardened host`, () => {
    let baseline: HostResult;
    const rows: string[] = [];
    const shared = new Map<Trial[], Promise<HostResult | Error>>();

    beforeAll(async () => {
      baseline = await withHost(release, (host) => audited(host, catalog.controls));
    });
    afterAll(() => console.log([`${release}: control × violation`, ...rows].join('\n')));

    test('passes everything', () => {
      const red = baseline.controls.filter((each) => each.status !== 'pass' && each.status !== 'skip');
      expect(red.map((each) => `${each.id} ${each.status}: ${wordsOf(baseline, each.id)}`)).toEqual([]);
    });

    for (const trial of trials) {
      test(`${trial.control}: ${trial.name}`, async () => {
        const all = company.get(trial)!;
        if (!shared.has(all))
          shared.set(
            all,
            trying(release, all).catch((error: Error) => error),
          );
        const found = await shared.get(all)!;
        const result = isAsItShould(trial, all, baseline, found) ? found : await trying(release, [trial]);
        rows.push(`${trial.control} × ${trial.name} → ${statusOf(result, trial.control)}`);
        expectCaught(trial, result);
        if (result !== found) expectUnmoved([trial], baseline, result);
      });
    }
  });
}

/** Does what these trials do, one after the other, and audits the host once. */
function trying(release: Release, trials: Trial[]): Promise<HostResult> {
  return withHost(release, async (host) => {
    for (const trial of trials) {
      const done = await host.exec(trial.do);
      expect(done.code, `${trial.control}: ${trial.do}\n${done.stderr}`).toBe(0);
    }
    return audited(host, trials.some(isOutdoors) ? catalog.controls : indoors);
  });
}

/** In company a trial ended as it should. Anything else has to be seen with the trial alone on a host. */
function isAsItShould(
  trial: Trial,
  company: Trial[],
  baseline: HostResult,
  found: HostResult | Error,
): found is HostResult {
  try {
    if (found instanceof Error) return false;
    expectCaught(trial, found);
    expectUnmoved(company, baseline, found);
    return true;
  } catch {
    return false;
  }
}

function expectCaught(trial: Trial, result: HostResult): void {
  const words = wordsOf(result, trial.control);
  expect(statusOf(result, trial.control), words).toBe(trial.kind === 'violation' ? 'fail' : 'pass');
  for (const each of trial.says) expect(words).toContain(each);
}

/** Nothing moves but the controls of these trials and those that they name by `also`. */
function expectUnmoved(trials: Trial[], baseline: HostResult, result: HostResult): void {
  const moved = result.controls.filter((each) => each.status !== statusOf(baseline, each.id));
  const unexpected = moved.filter((each) => !trials.some((trial) => mayMove(trial, each.id)));
  expect(unexpected.map((each) => `${each.id} ${each.status}: ${wordsOf(result, each.id)}`)).toEqual([]);
}

function statusOf(result: HostResult, id: string): string {
  return result.controls.find((each) => each.id === id)!.status;
}

/** A reload on Debian 12 closes the port for a moment, which is not what a trial is about: such a host is asked again. */
async function audited(host: LabHost, controls: Control[]): Promise<HostResult> {
  const first = await collectFrom(host, 'ubuntu', catalog, controls);
  if (first.error?.code !== 'refused') return judge(first, catalog, controls);
  await sleep(1000);
  return judge(await collectFrom(host, 'ubuntu', catalog, controls), catalog, controls);
}

async function withHost<T>(release: Release, use: (host: LabHost) => Promise<T>): Promise<T> {
  const host = await boot({ release, layer: 'hardened' });
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}
