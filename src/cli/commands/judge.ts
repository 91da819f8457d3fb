import { Command } from 'commander';
import { judgeAll } from '../../runner/index.ts';
import { readEvidence } from '../evidence-file.ts';
import { finish } from '../finish.ts';
import { loadAudit } from '../load.ts';
import { reportOptions, selectionOptions, type ReportOptions, type SelectionOptions } from '../options.ts';
import { parseOutputs } from '../outputs.ts';
import { refuseTwins } from '../twins.ts';

/** `fleet-audit judge`: evidence of any age into reports; no host is asked. */
export function judgeCommand(): Command {
  return reportOptions(selectionOptions(new Command('judge')))
    .description('Judge evidence that was collected earlier')
    .argument('<evidence...>', 'files that collect or run --save-evidence wrote')
    .action(judge);
}

async function judge(paths: string[], options: SelectionOptions & ReportOptions): Promise<void> {
  const outputs = parseOutputs(options.reporter);
  const audit = await loadAudit(options);
  const evidence = await Promise.all(paths.map(readEvidence));
  refuseTwins(evidence.map((each) => each.host.name));
  const startedAt = new Date();
  await finish(judgeAll(audit, evidence, startedAt, Date.now() - startedAt.getTime()), outputs, options);
}
