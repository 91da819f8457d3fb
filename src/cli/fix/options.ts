import { Option, type Command } from 'commander';
import { risks, type Risk } from '../../model/fix.ts';
import { UsageError } from '../exit.ts';
import { wholeNumber, type TargetOptions } from '../options.ts';

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

/** What can be told before any host is asked. @throws {UsageError} */
export function refuseMistakes({ fix, dryRun, yes, allowRisk, target }: FixOptions & TargetOptions): void {
  if (!fix) {
    if (dryRun || yes || allowRisk) throw new UsageError('--dry-run, --yes and --allow-risk belong to --fix');
    return;
  }
  const recorded = target?.find((each) => each.startsWith('replay:'));
  if (recorded)
    throw new UsageError(`${recorded} is recorded evidence, of which nothing can be mended`, 'name the host');
  if (allowRisk && !yes) throw new UsageError('--allow-risk belongs to --yes', 'without it you are asked');
  if (!dryRun && !yes && !process.stdin.isTTY)
    throw new UsageError('nobody is here to say yes to a plan', 'give --dry-run to see it, or --yes');
}
