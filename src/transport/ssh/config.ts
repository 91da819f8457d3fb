import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import SSHConfig from 'ssh-config';
import { TargetError, parseUri, type Destination } from '../target.ts';
import type { TransportOptions } from '../options.ts';
import { expandIncludes } from './config-text.ts';
import { expandPath, expandTokens } from './tokens.ts';

/** All that is known about one hop before connecting. */
export interface HostSettings {
  host: string;
  port: number;
  user: string;
  /** Under which name the host's key is stored; `[host]:port` when the port is not 22, unless HostKeyAlias says. */
  hostKeyName: string;
  identityFiles: string[];
  /** The files were named by the user; otherwise they are the defaults. */
  identitiesNamed: boolean;
  identitiesOnly: boolean;
  agent: string | null;
  knownHosts: { user: string[]; global: string[] };
  /** For the TCP connection, and again for the handshake. */
  connectSeconds: number;
  jumps: Destination[];
}

/**
 * What ssh_config(5) says about a destination: the user's file, then the system's, first value wins. `Match exec` never
 * runs anything and StrictHostKeyChecking has no say: a host key is always verified.
 * @throws {TargetError} for an unreadable file or a setting that cannot be honoured
 */
export function readSettings(wanted: Destination, options: TransportOptions): HostSettings {
  const config = compute(wanted, options.sshConfigFile);
  if (config.first('proxycommand') && config.first('proxycommand') !== 'none') throw noProxyCommand(wanted.host);
  const host = expandTokens(config.first('hostname') ?? wanted.host, { h: wanted.host }).toLowerCase();
  const user = wanted.user ?? config.first('user') ?? userInfo().username;
  const tokens = { h: host, n: wanted.host, r: user };
  const path = (text: string) => expandPath(text, tokens);
  const port = wanted.port ?? toNumber(config.first('port'), 22);
  const alias = config.first('hostkeyalias')?.toLowerCase();
  const named = options.identity ? [options.identity] : config.all('identityfile');
  return {
    host,
    port,
    user,
    hostKeyName: alias ?? (port === 22 ? host : `[${host}]:${port}`),
    identityFiles: (named.length > 0 ? named : defaultIdentities).filter((file) => file !== 'none').map(path),
    identitiesNamed: named.length > 0,
    identitiesOnly: options.identity !== undefined || config.first('identitiesonly') === 'yes',
    agent: toAgent(config.first('identityagent'), path),
    knownHosts: {
      user: files(config, 'userknownhostsfile', ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']).map(path),
      global: files(config, 'globalknownhostsfile', ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']).map(
        path,
      ),
    },
    connectSeconds: toNumber(config.first('connecttimeout'), 20),
    jumps: toJumps(config.first('proxyjump')),
  };
}

const defaultIdentities = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];

function compute({ host, user }: Destination, configFile: string | undefined) {
  if (configFile !== undefined && !existsSync(configFile)) {
    throw new TargetError(`there is no ssh_config ${configFile}`, 'check the path');
  }
  const paths = configFile === undefined ? [join(homedir(), '.ssh/config'), '/etc/ssh/ssh_config'] : [configFile];
  // each file starts outside of the other's last Host block
  const text = paths.map((path) => expandIncludes(path, host)).join('\nHost *\n');
  const values = parse(text).compute(
    { Host: host, ...(user && { User: user }) },
    { ignoreCase: true, matchExec: false },
  );
  const all = (name: string): string[] => [values[name] ?? []].flat();
  return { all, first: (name: string): string | undefined => all(name)[0] };
}

function parse(text: string): SSHConfig {
  try {
    return SSHConfig.parse(text);
  } catch (error) {
    throw new TargetError(`ssh_config cannot be read: ${(error as Error).message}`, 'see what ssh says: ssh -G HOST');
  }
}

function noProxyCommand(host: string): TargetError {
  return new TargetError(
    `ssh_config has a ProxyCommand for ${host}, which is not supported`,
    'use ProxyJump instead, or run fleet-audit on the machine in between',
  );
}

function files(config: ReturnType<typeof compute>, name: string, fallback: string[]): string[] {
  const named = config.all(name).flatMap((value) => value.split(/\s+/));
  return (named.length > 0 ? named : fallback).filter((file) => file !== 'none');
}

function toNumber(text: string | undefined, fallback: number): number {
  return text !== undefined && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : fallback;
}

function toAgent(text: string | undefined, path: (text: string) => string): string | null {
  if (text === 'none') return null;
  if (text === undefined || text === 'SSH_AUTH_SOCK') return process.env.SSH_AUTH_SOCK || null;
  if (text.startsWith('$')) return process.env[text.replace(/^\$\{?|\}$/g, '')] || null;
  return path(text);
}

function toJumps(text: string | undefined): Destination[] {
  if (text === undefined || text === 'none') return [];
  return text.split(',').map((hop) => parseUri(hop.trim().startsWith('ssh://') ? hop.trim() : `ssh://${hop.trim()}`));
}
