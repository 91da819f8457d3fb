import { Command } from 'commander';
import { collectTargets } from '../collecting.ts';
import { saveAll } from '../evidence-file.ts';
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
  const evidence = await collectTargets({ catalog, controls, resources }, options);
  const unsaved = await saveAll(options.out, evidence ?? [], (path) => console.log(path));
  for (const each of unsaved) console.error(`fleet-audit: ${each}`);
  if (unsaved.length > 0) process.exitCode = exitCodes.unwritten;
  if (evidence?.some((each) => each.error)) process.exitCode ??= exitCodes.undecided;
}
