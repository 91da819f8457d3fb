import { Command } from 'commander';
import type { Report } from '../../model/report.ts';
import { judgeAll, type Audit } from '../../runner/index.ts';
import { collectTargets } from '../collecting.ts';
import { saveAll } from '../evidence-file.ts';
import { finish } from '../finish.ts';
import { fixAll } from '../fix/fix.ts';
import { fixOptions, refuseMistakes, type FixOptions } from '../fix/options.ts';
import { outcomeWords } from '../fix/outcome-words.ts';
import { withFixes } from '../fix/report.ts';
import { loadAudit } from '../load.ts';
import {
  reportOptions,
  selectionOptions,
  targetOptions,
  type ReportOptions,
  type SelectionOptions,
  type TargetOptions,
} from '../options.ts';
import { parseOutputs } from '../outputs.ts';
import { readSecrets } from '../secrets.ts';
import { createSources } from '../sources.ts';

type Options = SelectionOptions & TargetOptions & ReportOptions & FixOptions & { saveEvidence?: string };

/** `fleet-audit run`: collect, judge, report. */
export function runCommand(): Command {
  return fixOptions(reportOptions(targetOptions(selectionOptions(new Command('run')))))
    .description('Audit hosts: collect evidence, judge every control, write reports')
    .option('--save-evidence <dir>', 'keep what the hosts answered, one file per host')
    .addHelpText('after', help)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const outputs = parseOutputs(options.reporter);
  refuseMistakes(options);
  const audit = await loadAudit(options);
  const startedAt = new Date();
  const evidence = await collectTargets(audit, options);
  if (!evidence) return;
  const report = judgeAll(audit, evidence, startedAt, Date.now() - startedAt.getTime());
  const unsaved = options.saveEvidence ? await saveAll(options.saveEvidence, evidence) : [];
  await finish(options.fix ? await mend(report, audit, options) : report, outputs, options, unsaved);
}

/** Fixes, and audits once more when anything was done. */
async function mend(report: Report, audit: Audit, options: Options): Promise<Report> {
  const secrets = await readSecrets(audit.catalog.secrets);
  const fixed = await fixAll(report, audit, await createSources(options), secrets, options);
  const targets = new Map(report.hosts.map(({ name, target }) => [name, target]));
  for (const line of outcomeWords(fixed, targets)) console.error(line);
  const done = [...fixed.values()].some(({ outcomes }) => outcomes.length > 0);
  const again = done ? await collectTargets(audit, options) : null;
  const startedAt = new Date(report.startedAt);
  const after = again ? judgeAll(audit, again, startedAt, Date.now() - startedAt.getTime()) : report;
  return withFixes(report, after, fixed);
}

const help = `
Without --target the machine it runs on is audited. Without --reporter the report is printed, and
reports/fleet-audit.json and reports/fleet-audit.junit.xml are written.

Examples:
  fleet-audit run --profile ovh-vps3
  fleet-audit run --target ssh://ubuntu@vps3 --reporter pretty --reporter junit=junit.xml --fail-on high
  fleet-audit run --control 'ssh-*' --control '!ssh-listen-port'
  fleet-audit run --target ssh://ubuntu@vps3 --fix --dry-run
  fleet-audit run --target replay:evidence/vps3.json`;
