import { Command } from 'commander';
import { listPast, undoPast, type Past } from '../../runner/index.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { hostOptions, type HostOptions } from '../options.ts';
import { createSources } from '../sources.ts';

type Options = HostOptions & { list?: boolean; last?: boolean; force?: boolean; json?: boolean };

/** `fleet-audit rollback`: undoes what `run --fix` did, at any later time. */
export function rollbackCommand(): Command {
  return hostOptions(new Command('rollback'))
    .description('Undo what `run --fix` changed on a host, byte by byte')
    .argument('[transaction]', 'its id, as --list shows it')
    .option('--list', 'show what the host remembers, and change nothing')
    .option('--last', 'undo the last one that stands')
    .option('--force', 'also where a file was changed since (the host keeps a copy)')
    .option('--json', 'with --list: for scripts')
    .addHelpText('after', help)
    .action(rollback);
}

async function rollback(id: string | undefined, options: Options): Promise<void> {
  const [source, ...more] = await createSources(options);
  if (more.length > 0) throw new UsageError('one host at a time', 'give one --target');
  if (!source!.transport.open) throw new UsageError('recorded evidence has nothing to undo');
  const { list, last, force = false, json = false, timeout } = options;
  if (list) return print(await listPast(source!, timeout), json);
  if (!id === !last) throw new UsageError('which transaction?', 'give its id, or --last; --list shows them');
  const found = await undoPast(source!, timeout, { id: id ?? null, force });
  if (!found) throw new UsageError(id ? `there is no transaction ${id}` : 'there is nothing to undo', 'see --list');
  const { past, undone } = found;
  if (undone.drift !== null) {
    console.error(`fleet-audit: changed since, so nothing was undone: ${undone.drift}`);
    console.error('look at it, then use --force (the host keeps a copy of what is there now)');
    process.exitCode = exitCodes.failed;
    return;
  }
  if (undone.busy !== null) throw new UsageError(undone.busy, 'wait for its end: --list shows it');
  console.log(`${past.id}: ${undone.state}`);
  if (undone.state !== 'rolled-back') process.exitCode = exitCodes.rollbackFailed;
}

function print(all: Past[], json: boolean): void {
  if (json) return console.log(JSON.stringify(all, null, 2));
  if (all.length === 0) return console.log('this host remembers no transaction');
  for (const { id, state, risk, controls } of all)
    console.log(`${id}  ${state.padEnd(12)} ${risk.padEnd(8)} ${controls.join(', ')}`);
}

const help = `
Examples:
  fleet-audit rollback --list --target ssh://ubuntu@vps3
  fleet-audit rollback --last --target ssh://ubuntu@vps3`;
