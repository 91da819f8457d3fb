import { Command } from 'commander';
import { checkFiles, defaultProfile, showProblem, type Problem } from '../../catalog/index.ts';
import { resources } from '../../resources/registry.ts';
import { exitCodes } from '../exit.ts';

/** `fleet-audit check`: every mistake in profiles, controls and cases at once. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Find the mistakes in a profile, its controls and their cases, all at once')
    .option('--profile <id|path>', 'the profile to look at', defaultProfile)
    .option('--json', 'as JSON')
    .action(async (options: { profile: string; json?: boolean }) => {
      const { problems, files } = await checkFiles(options.profile, process.cwd(), resources);
      console.log(options.json ? JSON.stringify(problems, null, 2) : render(problems, files));
      process.exitCode = problems.length ? exitCodes.usage : exitCodes.ok;
    });
}

function render(problems: Problem[], files: number): string {
  const closing = problems.length ? `${problems.length} mistakes in ${files} files` : `${files} files, no mistakes`;
  return [...problems.map(showProblem), closing].join('\n');
}
