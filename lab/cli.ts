import { parseArgs, type ParseArgsConfig } from 'node:util';
import { hostOf } from './host.ts';
import { boot, down, prepare } from './index.ts';
import { inside } from './inside.ts';
import { addressOf } from './network.ts';
import { hostNames, isLeftover, keep, loadState } from './state.ts';
import { remove } from './teardown.ts';
import { LAYERS, RELEASES, type LabHost } from './types.ts';

const HELP = `Boots real Debian hosts to try fleet-audit on. See lab/README.md.

  npm run lab -- up [--release debian13] [--layer hardened] [--name NAME]
                             boot a host that outlives this command
  npm run lab -- list        what is running
  npm run lab -- exec NAME CMD...
                             run a shell command as root inside, past ssh
  npm run lab -- down [NAME] remove one host, or all that nobody uses and every leftover
  npm run lab -- prepare     build the images and layers now (a minute, once)

  --release   ${RELEASES.join(' | ')} (default debian13)
  --layer     ${LAYERS.join(' | ')} (default hardened)
`;

/** What the user typed wrongly: told in one line, exit 2. */
class Usage extends Error {}

const commands: Record<string, (args: string[]) => Promise<number>> = {
  up,
  list,
  exec,
  down: downCommand,
  prepare: prepareCommand,
};

async function up(args: string[]): Promise<number> {
  const { values } = parse(
    args,
    { release: { type: 'string' }, layer: { type: 'string' }, name: { type: 'string' } },
    0,
  );
  const release = oneOf('release', RELEASES, values['release'] ?? 'debian13');
  const layer = oneOf('layer', LAYERS, values['layer'] ?? 'hardened');
  const host = await boot({ release, layer, name: values['name'] });
  await keep(host.name);
  process.stdout.write(howToReach(host));
  return 0;
}

async function list(args: string[]): Promise<number> {
  parse(args, {}, 0);
  for (const name of await hostNames()) {
    const state = await loadState(name);
    if (state === null) continue;
    const use = (await isLeftover(name)) ? 'leftover' : state.owner ? `used by process ${state.owner.pid}` : 'kept';
    console.log([name, state.release, state.layer, addressOf(state.slot), use].join('\t'));
  }
  return 0;
}

async function exec(args: string[]): Promise<number> {
  const [name, ...command] = args;
  if (!name || command.length === 0) throw new Usage('exec takes the name of a host and a command');
  await existing(name);
  const { code, stdout, stderr } = await inside(name, command.join(' '));
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return code;
}

async function downCommand(args: string[]): Promise<number> {
  const [name] = parse(args, {}, 1).positionals;
  if (!name) await down();
  else await remove((await existing(name)).name);
  return 0;
}

async function prepareCommand(args: string[]): Promise<number> {
  parse(args, {}, 0);
  await prepare();
  return 0;
}

async function existing(name: string): Promise<LabHost> {
  // Looked up in the list, so that a name is never a path.
  const state = (await hostNames()).includes(name) ? await loadState(name) : null;
  if (state === null) throw new Usage(`there is no host named "${name}"; npm run lab -- list`);
  return hostOf(state);
}

type Options = Record<string, { type: 'string' }>;

function parse(
  args: string[],
  options: Options,
  most: number,
): { values: Record<string, string | undefined>; positionals: string[] } {
  try {
    const config: ParseArgsConfig = { args, options, allowPositionals: true, strict: true };
    const { values, positionals } = parseArgs(config) as ReturnType<typeof parse>;
    if (positionals.length > most) throw new Error(`unexpected argument "${positionals[most]}"`);
    return { values, positionals };
  } catch (error) {
    throw new Usage((error as Error).message.split('. ')[0]); // Node's second sentence is about something else
  }
}

function oneOf<T extends string>(option: string, known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (!found) throw new Usage(`--${option} is one of ${known.join(', ')}, not "${value}"`);
  return found;
}

function howToReach({ name, sshConfig, address, layer }: LabHost): string {
  const users = layer === 'bare' ? 'root or ubuntu' : 'ubuntu or fleetclaw';
  return `${name} is up at ${address} (log in as ${users})
  ssh -F ${sshConfig} ubuntu
  npx fleet-audit run --profile lab-debian --ssh-config ${sshConfig} --target ssh://ubuntu@${address}
  npm run lab -- down ${name}
`;
}

async function main([command, ...args]: string[]): Promise<number> {
  if (!command || command === '--help' || command === '-h' || args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!chosen) throw new Usage(`unknown command "${command}"; there is ${Object.keys(commands).join(', ')}`);
  return chosen(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof Usage;
  console.error(`${(error as Error).message}${usage ? '\nnpm run lab -- --help says what there is' : ''}`);
  process.exitCode = usage ? 2 : 1;
}
