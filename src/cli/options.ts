import { InvalidArgumentError, Option, type Command } from 'commander';
import { defaultProfile } from '../catalog/index.ts';
import { severities } from '../model/severity.ts';
import { reporters } from '../reporters/index.ts';

const collect = (value: string, earlier: string[] | undefined): string[] => [...(earlier ?? []), value];

/** Which profile, and its inputs. */
export function profileOptions(command: Command): Command {
  return command
    .option('--profile <id|path>', 'a shipped profile, one of ./profiles, or a path to a .yaml file', defaultProfile)
    .option('--input <key=value>', 'set an input of the profile (lists: a,b,c); repeatable', collect)
    .option('--inputs <file>', 'inputs from a YAML file');
}

/** Which controls of it: shared by everything that takes several. */
export function selectionOptions(command: Command): Command {
  return profileOptions(command)
    .option('--control <glob>', "only these controls; '!glob' leaves out; repeatable", collect)
    .option('--tag <tag>', 'only controls with this tag; repeatable', collect)
    .option('--section <n>', 'only this section of the guide; repeatable', collect)
    .addOption(new Option('--severity <least>', 'only controls at least this severe').choices([...severities]));
}

/** Where to look, and how to get there. */
export function targetOptions(command: Command): Command {
  const target = 'local, ssh://user@host:port, an alias of ~/.ssh/config, or replay:<evidence.json>; repeatable';
  return connectionOptions(command.option('--target <uri>', target, collect)).option(
    '--concurrency <n>',
    'hosts at once',
    wholeNumber,
    25,
  );
}

/** One host that is there, and how to get there. */
export function hostOptions(command: Command): Command {
  return connectionOptions(
    command.option(
      '--target <uri>',
      'ssh://user@host:port or an alias of ~/.ssh/config; without it, this machine',
      collect,
    ),
  );
}

function connectionOptions(command: Command): Command {
  return command
    .option('--ssh-config <file>', 'read this instead of ~/.ssh/config')
    .option('--identity <file>', 'use this private key only')
    .option('--passphrase <env:NAME>', 'where the passphrase of an encrypted key is; asked for at a terminal otherwise')
    .option(
      '--accept-new-host-key',
      'trust a host that is not in known_hosts yet, and remember it (a changed key is always refused)',
    )
    .option('--timeout <seconds>', 'longest time for one host, connection included', wholeNumber, 120);
}

/** What comes out, and what counts. */
export function reportOptions(command: Command): Command {
  return command
    .option('--reporter <name[=path]>', 'a format, below; without a path it goes to stdout; repeatable', collect)
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 only for failures at least this severe')
        .choices([...severities])
        .default('low'),
    )
    .option('--waivers <file>', 'accepted risks: control, host, reason, owner, expires')
    .option('--no-color', 'no colour, even on a terminal')
    .option('--quiet', 'on the terminal, only what is wrong')
    .option('--verbose', 'on the terminal, what holds as well')
    .addHelpText('after', () => `\nReporters:\n${formats()}`);
}

export interface ProfileOptions {
  profile: string;
  input?: string[];
  inputs?: string;
}

export interface SelectionOptions extends ProfileOptions {
  control?: string[];
  tag?: string[];
  section?: string[];
  severity?: string;
}

/** Shared by all that ask hosts. */
export interface HostOptions {
  target?: string[];
  sshConfig?: string;
  identity?: string;
  passphrase?: string;
  acceptNewHostKey?: boolean;
  timeout: number;
}

export interface TargetOptions extends HostOptions {
  concurrency: number;
}

export interface ReportOptions {
  reporter?: string[];
  failOn: string;
  waivers?: string;
  color: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

function formats(): string {
  const lines = Object.entries(reporters).map(([name, { describe }]) => `  ${name.padEnd(8)}${describe}`);
  return lines.join('\n');
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above zero.');
  return Number(text);
}
