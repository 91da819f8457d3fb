import type { TransportOptions } from '../options.ts';
import type { HostSettings } from './config.ts';
import type { Link } from './connect.ts';
import { nameOf } from './route.ts';

interface Shared {
  link: Promise<Link>;
  users: number;
}

const gateways = new WeakMap<TransportOptions, Map<string, Shared>>();

/**
 * One connection to a jump host for all targets behind it: 50 at once would run into its MaxStartups, and every login is
 * one that its operator reads about. Closed with its last user.
 */
export async function shareGateway(
  options: TransportOptions,
  hops: HostSettings[],
  open: () => Promise<Link>,
): Promise<Link> {
  const all = gateways.get(options) ?? new Map<string, Shared>();
  gateways.set(options, all);
  const key = hops.map(nameOf).join();
  const shared = all.get(key) ?? add(all, key, open);
  shared.users++;
  const release = () => {
    if (--shared.users > 0) return;
    if (all.get(key) === shared) all.delete(key);
    shared.link.then(
      (link) => link.close(),
      () => {},
    );
  };
  try {
    const { client, peer } = await shared.link;
    return { client, peer, close: once(release) };
  } catch (error) {
    release();
    throw error;
  }
}

function add(all: Map<string, Shared>, key: string, open: () => Promise<Link>): Shared {
  const shared: Shared = { link: open(), users: 0 };
  const forget = () => {
    if (all.get(key) === shared) all.delete(key);
  };
  shared.link.then(({ client }) => client.once('close', forget), forget);
  all.set(key, shared);
  return shared;
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
