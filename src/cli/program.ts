import { Command } from 'commander';
import { version } from '../runner/version.ts';
import { checkCommand } from './commands/check.ts';
import { collectCommand } from './commands/collect.ts';
import { explainCommand } from './commands/explain.ts';
import { judgeCommand } from './commands/judge.ts';
import { listCommand } from './commands/list.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { testCommand } from './commands/test.ts';
import { report } from './errors.ts';

/** Runs the command line; sets the exit code and never exits from the middle. */
export async function main(argv: string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

function program(): Command {
  const root = new Command('fleet-audit')
    .description('Turns a hardening guide into a test suite, and runs it against a live host.')
    .version(version())
    .addHelpText('after', help)
    .showHelpAfterError('(fleet-audit --help tells what there is)');
  const commands = [
    runCommand(),
    collectCommand(),
    judgeCommand(),
    listCommand(),
    explainCommand(),
    checkCommand(),
    testCommand(),
    rollbackCommand(),
    schemaCommand(),
  ];
  for (const command of commands) root.addCommand(command);
  return strict(root);
}

/** Mistakes come back as exceptions, on every level, so that there is one place for exit codes. */
function strict(command: Command): Command {
  command.exitOverride().showSuggestionAfterError(true).configureOutput({ writeOut });
  command.commands.forEach(strict);
  return command;
}

/** As console does it: whoever reads only the beginning (`--help | head`) gets no stack trace. */
function writeOut(text: string): void {
  console.log(text.replace(/\n$/, ''));
}

const help = `
Examples:
  fleet-audit run --profile ovh-vps3                                audit this machine (as root, or with passwordless sudo)
  fleet-audit run --profile ovh-vps3 --target ssh://ubuntu@vps3     audit another one over SSH
  fleet-audit run --target ssh://ubuntu@vps3 --fix                  plan the fixes, ask, apply them with a way back
  fleet-audit explain ssh-permit-root-login                         why, how it is checked, how to mend it
  fleet-audit collect --profile ovh-vps3 --target vps3 && fleet-audit judge evidence/vps3.json --profile ovh-vps3

Exit codes:
  0  every control holds (or is waived, skipped, or fails below --fail-on)
  1  a control fails
  2  the command line or a file is wrong: nothing was judged
  3  nothing fails, but not everything could be told
  4  a fix failed, or locked out, and was undone
  5  a fix could not be undone: a person is needed now
  6  judged, but a report could not be written
 70  a bug in fleet-audit     130  interrupted`;
