import { Command } from 'commander';
import { join } from 'node:path';
import { saveEvidence } from '../../evidence/index.ts';
import { collectTargets } from '../collecting.ts';
import { exitCodes } from '../exit.ts';
import { loadSelection } from '../load.ts';
import { selectionOptions, targetOptions, type SelectionOptions, type TargetOptions } from '../options.ts';
import { resources } from '../../resources/registry.ts';

type Options = SelectionOptions & TargetOptions & { out: string };

/** `fleet-audit collect`: ask now, judge later, perhaps elsewhere. */
export function collectCommand(): Command {
  return targetOptions(selectionOptions(new Command('collect')))
    .description('Only collect: write what the hosts answer, one evidence file per host')
    .option('--out <dir>', 'where to', 'evidence')
    .addHelpText(
      'after',
      '\nJudge it later with: fleet-audit judge <file>…   Evidence tells an attacker a lot: keep it safe.',
    )
    .action(collect);
}

async function collect(options: Options): Promise<void> {
  const { catalog, controls } = await loadSelection(options);
  const evidence = await collectTargets({ catalog, controls, waivers: [], resources, failOn: 'low' }, options);
  for (const each of evidence ?? []) {
    const path = join(options.out, `${each.host.name}.json`);
    await saveEvidence(path, each).then(
      () => console.log(path),
      (error: Error) => {
        console.error(`fleet-audit: evidence could not be written to ${path}: ${error.message}`);
        process.exitCode = exitCodes.unwritten;
      },
    );
  }
  if (evidence?.some((each) => each.error)) process.exitCode ??= exitCodes.undecided;
}
