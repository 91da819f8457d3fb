import { Command } from 'commander';
import { plural } from '../../model/plural.ts';
import { runCases, type CaseResult } from '../../runner/index.ts';
import { resources } from '../../resources/registry.ts';
import { exitCodes } from '../exit.ts';
import { loadSelection } from '../load.ts';
import { selectionOptions, type SelectionOptions } from '../options.ts';

/** `fleet-audit test`: every control judged on the evidence of its own cases. */
export function testCommand(): Command {
  return selectionOptions(new Command('test'))
    .description('Judge controls on the evidence of their own cases (.cases.yaml)')
    .option('--json', 'as JSON')
    .option('--verbose', 'name the cases that hold, too')
    .action(async (options: SelectionOptions & { json?: boolean; verbose?: boolean }) => {
      const { catalog, controls } = await loadSelection(options);
      const results = (await Promise.all(controls.map((each) => runCases(each, catalog, resources)))).flat();
      console.log(options.json ? JSON.stringify(results, null, 2) : render(results, options.verbose ?? false));
      process.exitCode = results.every((each) => each.ok) ? exitCodes.ok : exitCodes.failed;
    });
}

function render(results: CaseResult[], verbose: boolean): string {
  const shown = results.filter((each) => verbose || !each.ok);
  const lines = shown.map(
    (each) => `${each.ok ? 'ok  ' : 'FAIL'}  ${each.control}: ${each.name}${each.message && `\n      ${each.message}`}`,
  );
  const failed = results.filter((each) => !each.ok).length;
  const holding = results.length - failed;
  const closing = `${plural(holding, 'case')} ${holding === 1 ? 'holds' : 'hold'}, ${failed} ${failed === 1 ? 'does' : 'do'} not`;
  return [...lines, closing].join('\n');
}
