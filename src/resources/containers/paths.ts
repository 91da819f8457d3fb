import type { Container } from '../docker/containers.ts';
import { unknown, value, type Told } from '../said.ts';
import { isWithin, mountsOf, type HostMount, type Mounts } from './mounts.ts';

/** Who can speak to one of these is root on the host. A read-only mount of a socket changes nothing about that. */
const sockets = [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/run/crio/crio.sock',
];

/** Who can write here is root on the host sooner or later. Home directories are in for their .ssh. */
const sensitive = [
  ...[
    '/etc',
    '/root',
    '/boot',
    '/proc',
    '/sys',
    '/dev',
    '/usr',
    '/bin',
    '/sbin',
    '/lib',
    '/lib64',
    '/var/spool/cron',
    '/run/systemd',
  ],
  ...['/var/lib/docker', '/var/lib/containerd', '/snap/bin'],
];

/** What of the host's own a container got hold of. */
export function mounted(container: Container, seen: Mounts): Record<string, Told> {
  const kernel = container.running ? mountsOf(container, seen) : [];
  const all = [...(kernel ?? []), ...asAsked(container)];
  const engines = [...sockets, ...seen.engines.map(real)];
  return {
    engine_sockets: list(
      all.filter(({ paths }) => paths.some((path) => engines.some((socket) => isWithin(socket, path)))),
      kernel,
    ),
    writable_host_paths: list(
      all.filter((each) => each.writable && !isVolume(container, each) && each.paths.some(isSensitive)),
      kernel,
    ),
  };
}

/** Docker's own words: of a stopped container there are no others. */
function asAsked({ mounts }: Container): HostMount[] {
  const binds = mounts.filter(({ type }) => type === 'bind' || type === 'npipe');
  return binds.map(({ source, destination, writable }) => ({ paths: [real(source)], inside: destination, writable }));
}

/** The two ways to write /run. */
function real(path: string): string {
  return path.replace(/^\/var\/run(\/|$)/, '/run$1').replace(/(.)\/+$/, '$1');
}

function isVolume({ mounts }: Container, { paths }: HostMount): boolean {
  const volumes = mounts.filter(({ type }) => type === 'volume').map(({ source }) => source);
  return paths.every((path) => volumes.some((volume) => isWithin(path, volume) && volume.includes('/volumes/')));
}

function isSensitive(path: string): boolean {
  if (path === '/dev/shm' || /^\/dev\/(null|zero|full|random|urandom)$/.test(path)) return false;
  if (/^\/home(\/[^/]+)?$/.test(path) || /^\/home\/[^/]+\/\.ssh(\/|$)/.test(path)) return true;
  return sensitive.some((each) => isWithin(path, each) || isWithin(each, path));
}

function list(bad: HostMount[], kernel: HostMount[] | null): Told {
  const words = [...new Set(bad.map(({ paths }) => paths[0]!))].toSorted();
  if (words.length > 0 || kernel) return value(words, places(bad));
  return unknown('not all of its mounts could be followed to the host');
}

function places(bad: HostMount[]): string | undefined {
  if (bad.length === 0) return undefined;
  return [
    ...new Set(
      bad.map(({ paths, inside, writable }) => `${paths[0]} at ${inside}, ${writable ? 'writable' : 'read-only'}`),
    ),
  ]
    .toSorted()
    .join('; ');
}
