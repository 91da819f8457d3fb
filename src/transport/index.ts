import { local } from './local.ts';
import type { TransportOptions } from './options.ts';
import { createRoute } from './ssh/route.ts';
import { ssh } from './ssh/ssh.ts';
import { parseTarget } from './target.ts';
import type { Transport } from './transport.ts';

export { askOffered } from './ssh/offered.ts';
export type { TransportOptions } from './options.ts';
export { replay } from './replay.ts';
export { Failure, toHostError } from './failure.ts';
export type { Collected, CollectOptions, Peer, Session, Transport } from './transport.ts';

/**
 * The way to a target as a user names it: `local`, `ssh://[user@]host[:port]` or an alias of ssh_config(5).
 * @throws {TargetError} when there is no such way, or its configuration asks for something unsupported
 */
export function createTransport(target: string, options: TransportOptions): Transport {
  if (target === 'local') return local();
  return ssh(target, createRoute(parseTarget(target), options), options);
}
