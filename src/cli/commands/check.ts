import { Command } from 'commander';
import { checkFiles, defaultProfile, showProblem, type Problem } from '../../catalog/index.ts';
import { plural } from '../../model/plural.ts';
import { resources } from '../../resources/registry.ts';
import { exitCodes } from '../exit.ts';

/** `fleet-audit check`: every mistake in profiles, controls and cases at once. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Find the mistakes in a profile, its controls and their cases, all at once')
    .option('--profile <id|path>', 'the profile to look at', defaultProfile)
    .option('--json', 'the mistakes as JSON')
    .addHelpText(
      'after',
      '\nExit code 2 when there is a mistake. A control that no profile selects is a warning on stderr, and no mistake.',
    )
    .action(async (options: { profile: string; json?: boolean }) => {
      const { problems, warnings, files } = await checkFiles(options.profile, process.cwd(), resources);
      for (const each of warnings) console.error(`warning: ${showProblem(each)}`);
      console.log(options.json ? JSON.stringify(problems, null, 2) : render(problems, files));
      process.exitCode = problems.length ? exitCodes.usage : exitCodes.ok;
    });
}

function render(problems: Problem[], files: number): string {
  const count = problems.length ? plural(problems.length, 'mistake') : 'no mistakes';
  return [...problems.map(showProblem), `${plural(files, 'file')}, ${count}`].join('\n');
}
