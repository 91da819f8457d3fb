import type { TransportOptions } from '../options.ts';
import { TargetError, type Destination } from '../target.ts';
import { readSettings, type HostSettings } from './config.ts';

/** The hops to a host, the host itself last. */
export type Route = readonly [HostSettings, ...HostSettings[]];

/**
 * Follows ProxyJump (ssh_config(5)): of several hops only the first one's own ProxyJump counts, and a host that is its
 * own jump host is reached directly, so that `Host *` may name one.
 * @throws {TargetError} for a loop or unusable settings
 */
export function createRoute(wanted: Destination, options: TransportOptions, depth = 0): Route {
  const settings = readSettings(wanted, options);
  const [first, ...rest] = settings.jumps;
  if (!first) return [settings];
  if (depth > 8)
    throw new TargetError(`ProxyJump goes in circles at ${wanted.host}`, 'check ProxyJump in your ssh_config');
  const start = readSettings(first, options);
  if (start.host === settings.host && start.port === settings.port) return [settings];
  const between = rest.map((hop) => readSettings(hop, options));
  return [...createRoute(first, options, depth + 1), ...between, settings] as unknown as Route;
}

/** `user@host:port` for messages. */
export function nameOf({ user, host, port }: HostSettings): string {
  return `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}
