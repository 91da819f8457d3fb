import { createInterface } from 'node:readline/promises';
import type { FixPlan } from '../../model/fix-plan.ts';
import type { Risk } from '../../model/fix.ts';
import type { HostResult, Report } from '../../model/report.ts';
import { fixHost, type Audit, type Fixed, type Source } from '../../runner/index.ts';
import type { TargetOptions } from '../options.ts';
import type { FixOptions } from './options.ts';
import { planWords } from './plan-words.ts';
import { createStates } from './states.ts';

export type Options = TargetOptions & FixOptions & { color: boolean };

/** What became of it, by host. */
export type FixedHosts = Map<string, Fixed>;

/** Plans for every host of a finished audit, asks, and mends one host after the other. */
export async function fixAll(
  report: Report,
  audit: Audit,
  sources: Source[],
  secrets: Readonly<Record<string, string>>,
  options: Options,
): Promise<FixedHosts> {
  const fixed: FixedHosts = new Map();
  for (const host of report.hosts) {
    const source = sources.find(({ name }) => name === host.name)!;
    if (!host.reachable) continue;
    fixed.set(host.name, await fixOne(host, audit, source, secrets, options));
  }
  return fixed;
}

async function fixOne(
  host: HostResult,
  audit: Audit,
  source: Source,
  secrets: Readonly<Record<string, string>>,
  options: Options,
): Promise<Fixed> {
  const { deadline, soak } = options;
  const states = createStates(host.name);
  const fixed = await fixHost(host, {
    audit,
    source,
    secrets,
    timeoutSeconds: options.timeout,
    allowed: options.yes ? new Set<Risk>(['safe', 'service', ...(options.allowRisk ?? [])]) : null,
    deadline,
    soak,
    confirm: (plan) => {
      states.stop();
      return confirm(host.name, plan, options);
    },
    onState: states.show,
  });
  states.stop();
  return fixed;
}

async function confirm(host: string, plan: FixPlan, { dryRun, yes, deadline, color }: Options): Promise<boolean> {
  console.error(`\n${planWords(host, plan, deadline, color && !!process.stderr.isTTY)}\n`);
  if (dryRun || plan.transactions.length === 0) return false;
  if (yes) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stake = plan.transactions.some(({ risk }) => risk === 'access') ? 'This changes how one gets in. ' : '';
  const answer = await terminal.question(`${stake}Apply this plan to ${host}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
