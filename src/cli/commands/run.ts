import { Command } from 'commander';
import { judgeAll } from '../../runner/index.ts';
import { collectTargets } from '../collecting.ts';
import { saveAll } from '../evidence-file.ts';
import { finish } from '../finish.ts';
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

type Options = SelectionOptions & TargetOptions & ReportOptions & { saveEvidence?: string };

/** `fleet-audit run`: collect, judge, report. */
export function runCommand(): Command {
  return reportOptions(targetOptions(selectionOptions(new Command('run'))))
    .description('Audit hosts: collect evidence, judge every control, write reports')
    .option('--save-evidence <dir>', 'keep what the hosts answered, one file per host')
    .addHelpText('after', help)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const outputs = parseOutputs(options.reporter);
  const audit = await loadAudit(options);
  const startedAt = new Date();
  const evidence = await collectTargets(audit, options);
  if (!evidence) return;
  const report = judgeAll(audit, evidence, startedAt, Date.now() - startedAt.getTime());
  const unsaved = options.saveEvidence ? await saveAll(options.saveEvidence, evidence) : [];
  await finish(report, outputs, options, unsaved);
}

const help = `
Without --target the machine it runs on is audited. Without --reporter the report is printed, and
reports/fleet-audit.json and reports/fleet-audit.junit.xml are written.

Examples:
  fleet-audit run --profile ovh-vps3
  fleet-audit run --target ssh://ubuntu@vps3 --reporter pretty --reporter junit=junit.xml --fail-on high
  fleet-audit run --control 'ssh-*' --control '!ssh-listen-port'
  fleet-audit run --target replay:evidence/vps3.json`;
