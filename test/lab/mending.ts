import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { boot, type LabHost, type Release } from '../../lab/index.ts';
import type { ControlResult, Report } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { loadGuide } from './audit.ts';
import { bundle } from './bundles.ts';
import { loadTrials, type Trial } from './trials.ts';
import { unavailable } from './unavailable.ts';

const most = 8;
const catalog = await loadGuide('lab-debian');
const ids = catalog.controls.map(({ id }) => id);
const mendable = new Set(catalog.controls.filter(({ fix }) => fix?.automatic).map(({ id }) => id));

/**
 * Every violation of a control that has a fix, on a hardened host: the fix mends it, or says in the words of the case (`unmended`) why it cannot and
 * leaves the host as it was. Releases take turns by control, for a fix takes longer than an audit.
 */
export async function mendingOn(release: Release): Promise<void> {
  const trials = (await loadTrials(catalog, release))
    .filter(isViolationWithFix)
    .filter((each) => isDueOn(release, each));
  const bundles = bundle(trials, ids, most);

  describe.skipIf(unavailable)(`${release}: violation → fix → pass`, () => {
    const rows: string[] = [];
    afterAll(() => console.log([`${release}: violation → fix`, ...rows].join('\n')));

    for (const all of bundles) {
      test(`${all.map(({ control, name }) => `${control}: ${name}`).join('\n')}`, async () => {
        const together = await violateAndFix(release, all);
        const wrong: unknown[] = [];
        for (const trial of all) {
          const controls = isMended(trial, together) ? together : await violateAndFix(release, [trial]);
          rows.push(`${trial.control} × ${trial.name} → ${wordsOf(find(controls, trial))}`);
          if (!isMended(trial, controls)) wrong.push({ trial, is: find(controls, trial) });
        }
        expect(wrong).toEqual([]);
      });
    }
  });
}

const isViolationWithFix = ({ kind, control }: Trial) => kind === 'violation' && mendable.has(control);
function isDueOn(release: Release, { control, on }: Trial): boolean {
  if (process.env['MENDING'] === 'all') return true;
  if (on?.length === 1) return on[0] === release;
  return (ids.indexOf(control) % 2 === 0) === (release === 'debian13');
}

const find = (controls: ControlResult[], { control }: Trial) => controls.find(({ id }) => id === control)!;

async function violateAndFix(release: Release, trials: Trial[]): Promise<ControlResult[]> {
  const host = await boot({ release, layer: 'hardened' });
  try {
    for (const trial of trials) {
      const done = await host.exec(trial.do);
      expect(done.code, `${trial.control}: ${trial.do}\n${done.stderr}`).toBe(0);
    }
    return await runFix(host, trials);
  } finally {
    await host.stop();
  }
}

async function runFix({ sshConfig }: LabHost, trials: Trial[]): Promise<ControlResult[]> {
  const cwd = folderWith({});
  const target = ['--profile', 'lab-debian', '--ssh-config', sshConfig, '--target', 'ubuntu'];
  const chosen = trials.flatMap(({ control }) => ['--control', control]);
  const how = ['--fix', '--yes', '--allow-risk', 'access', 'boot', '--soak', '1', '--reporter', 'json=report.json'];
  const { code, stderr } = await cli(['run', ...target, ...chosen, ...how], { cwd });
  expect([0, 1, 4], stderr).toContain(code);
  const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
  expect(report.hosts[0]!.reachable, stderr).toBe(true);
  return report.hosts[0]!.controls;
}

/** Mended, or it says in the words of its case why not and has undone itself; there is no third way. */
function isMended(trial: Trial, controls: ControlResult[]): boolean {
  const { status, fix } = find(controls, trial);
  if (trial.unmended === undefined) return status === 'pass' && fix.status === 'fixed';
  return status !== 'pass' && left.has(fix.status) && fix.reason!.includes(trial.unmended);
}

const left = new Set<unknown>(['fix-failed-rolled-back', 'refused', 'needs-manual']);

function wordsOf({ status, fix: { status: became, reason } }: ControlResult): string {
  return `${status}, ${became}${reason ? `: ${reason}` : ''}`;
}
