import { Option, type Command } from 'commander';
import { risks, type Risk } from '../../model/fix.ts';
import { wholeNumber } from '../options.ts';

export interface FixOptions {
  fix?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  allowRisk?: Risk[];
  deadline: number;
  soak: number;
}

/** What `--fix` may do, and how careful it is. */
export function fixOptions(command: Command): Command {
  return command
    .option('--fix', 'then plan what mends the failing controls, ask, and apply it with a way back')
    .option('--dry-run', 'with --fix: show the plan and stop')
    .option('--yes', 'with --fix: do not ask (risks access and boot want --allow-risk as well)')
    .addOption(
      new Option('--allow-risk <risk...>', 'with --yes: also what may cut you off (access) or shows at boot').choices([
        ...risks,
      ]),
    )
    .option('--deadline <seconds>', 'with --fix: the host undoes what is not confirmed by then', wholeNumber, 120)
    .option('--soak <seconds>', 'with --fix: time between the two logins that prove the way in', wholeNumber, 20);
}
