import type { Info } from '../docker/info.ts';
import { attempt, list, text } from '../docker/shape.ts';
import { valuesOf } from '../docker_daemon/settings.ts';

/** The addresses that one place names. Null: it can't be told, and `why` says so. */
export interface Addresses {
  place: string;
  addresses: string[] | null;
  why: string;
}

const standard = 'unix:///var/run/docker.sock';

/** Of a command line; without any it is the standard socket, unless the file names others. */
export function addressesOfWords(place: string, words: string[]): Addresses {
  const given = valuesOf(['-H', '--host'], words);
  return { place, addresses: given.length > 0 ? given.map((each) => each || standard) : [standard], why: '' };
}

/** Of the file, when it says any. */
export function addressesOfFile({ config }: Info): Addresses[] {
  const place = `hosts in ${config.path}`;
  if (!config.content) return [{ place, addresses: null, why: `${config.path}: ${config.why}` }];
  if (!Object.hasOwn(config.content, 'hosts')) return [];
  const addresses = attempt(() => list(config.content!['hosts'], text));
  return [{ place, addresses, why: `hosts in ${config.path} is no list` }];
}

/** Of every socket unit that starts docker.service: what fd:// stands for. `2375 (Stream)` and `[::]:2375 (Stream)` are ports. */
export function addressesOfUnits({ units }: Info): Addresses[] {
  const sockets = Object.entries(units).filter(
    ([name, { LoadState }]) => name.endsWith('.socket') && LoadState !== 'not-found',
  );
  return sockets.map(([name, { Listen = '' }]) => {
    const lines = Listen.split('\n').filter(Boolean);
    const known = lines.map((line) => /^(\S+) \(Stream\)$/.exec(line)?.[1]);
    const addresses = known.every((each) => each !== undefined) ? known.map(asAddress) : null;
    return { place: `Listen= of ${name}`, addresses, why: `Listen= of ${name} could not be told: ${Listen}` };
  });
}

function asAddress(listen: string): string {
  return listen.startsWith('/') ? `unix://${listen}` : `tcp://${listen}`;
}

/** Null for what has no known form. */
export function isTcp(address: string): boolean | null {
  if (/^unix:\/\/\/.+/.test(address) || address.startsWith('fd://')) return false;
  return address.startsWith('tcp://') || /:\d+$/.test(address) ? true : null;
}

/** `/var/run` leads to `/run` on every distribution with systemd; where it does not, the two sockets are two. */
export function socketsOf(addresses: string[], { sockets }: Info): string[] {
  const paths = addresses.filter((each) => each.startsWith('unix://')).map((each) => each.slice('unix://'.length));
  const real = (path: string) => sockets.find((each) => each.path === path)?.real ?? path;
  return [...new Set(paths.map(real))].toSorted();
}
