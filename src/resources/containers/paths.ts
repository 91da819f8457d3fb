import type { Container } from '../docker/containers.ts';
import { unknown, value, type Told } from '../said.ts';
import { isHosts } from './file-systems.ts';
import { mountsOf } from './laid.ts';
import type { HostMount, Mounts } from './mounts.ts';
import { isWithin } from './places.ts';
import { isSensitive } from './sensitive.ts';

/** Who can speak to one of these is root on the host. A read-only mount of a socket changes nothing about that. */
const sockets = [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/run/crio/crio.sock',
];

const lost = 'not all of its mounts could be followed to the host';

/** What of the host's own a container got hold of; `files` are those from which somebody starts containers. */
export function mounted(container: Container, seen: Mounts, files: string[]): Record<string, Told> {
  const kernel = container.running ? mountsOf(container, seen) : asFollowed(container, seen);
  const all = [...(kernel ?? []), ...asAsked(container, seen)];
  const engines = [...sockets, ...seen.engines.map(real)];
  const held = all.filter(({ paths }) => paths.some((path) => engines.some((socket) => isWithin(socket, path))));
  return {
    engine_sockets: list(held, kernel ? null : lost),
    writable_host_paths: writable(container, all, { ...seen, files }, kernel ? null : lost),
  };
}

function writable(
  container: Container,
  all: HostMount[],
  host: Mounts & { files: string[] },
  open: string | null,
): Told {
  const can = all.filter((each) => each.writable);
  const bad = can.filter(
    (each) => isHosts(each) || beside(container, each, host).some((path) => isSensitive(path, host)),
  );
  const odd = can.find((each) => isHosts(each) === null);
  return list(bad, odd ? `nobody knows where ${odd.paths[0]} leads, a file system of the type ${odd.type}` : open);
}

/** Docker's own words: of a stopped container there are no others. */
function asAsked({ mounts }: Container, seen: Mounts): HostMount[] {
  const binds = mounts.filter(({ type }) => type === 'bind' || type === 'npipe');
  return binds.map(({ source, destination, writable: rw }) => ({
    paths: [...new Set([seen.real.get(source) ?? source, source].map(real))],
    inside: destination,
    writable: rw,
    type: null,
  }));
}

/** Nothing beside Docker's words; null: a link among them could not be followed. */
function asFollowed({ mounts }: Container, seen: Mounts): HostMount[] | null {
  return mounts.every(({ type, source }) => type !== 'bind' || seen.real.has(source)) ? [] : null;
}

/** The two ways to write /run. */
function real(path: string): string {
  return path.replace(/^\/var\/run(\/|$)/, '/run$1').replace(/(.)\/+$/, '$1');
}

/** Where it leads but to the container's own volumes. */
function beside({ mounts }: Container, { paths }: HostMount, { dataRoot }: Mounts): string[] {
  const volumes = mounts.filter(({ type, source }) => type === 'volume' && isWithin(source, `${dataRoot}/volumes`));
  return paths.filter((path) => !volumes.some(({ source }) => isWithin(path, source)));
}

function list(bad: HostMount[], open: string | null): Told {
  const words = [...new Set(bad.map(({ paths }) => paths[0]!))].toSorted();
  return words.length > 0 || open === null ? value(words, places(bad)) : unknown(open);
}

function places(bad: HostMount[]): string | undefined {
  if (bad.length === 0) return undefined;
  return [...new Set(bad.map(place))].toSorted().join('; ');
}

function place({ paths, inside, writable: rw, type }: HostMount): string {
  const kind = type === 'proc' || type === 'overlay' ? ` (${type})` : '';
  return `${paths[0]}${kind} at ${inside}, ${rw ? 'writable' : 'read-only'}`;
}
