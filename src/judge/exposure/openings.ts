import type { Exposure } from '../../model/report.ts';
import type { Container } from '../../resources/docker/containers.ts';
import type { Listener } from '../../resources/listeners/parse.ts';
import { isLoopback } from '../../resources/address.ts';
import { bindingsOf, type Binding } from '../../resources/published_ports/bindings.ts';

/** A way in, as the host itself shows it: a socket, a published port, or both in one. */
export interface Opening extends Pick<Exposure, 'family' | 'proto' | 'port' | 'listener' | 'container'> {
  bound: string;
  reach: 'loopback' | 'link' | 'beyond';
  /** Where a packet to it goes: to a container (its own port and address), or to the host. Null: it could not be told. */
  to: { container: Container; port: number } | 'host' | null;
}

export interface Inside {
  /** Null: not known. */
  listeners: Listener[] | null;
  containers: Container[] | null;
}

/**
 * Published ports with the socket that docker-proxy holds for them, then all other sockets beyond loopback. What only the host itself
 * gets to is listed for containers alone: those are what layer 3 is about.
 */
export function openingsOf({ listeners, containers }: Inside): Opening[] {
  const running = (containers ?? []).filter((each) => each.running);
  const published = running.flatMap((container) =>
    bindingsOf(container).flatMap((each) => publishedAs(container, each)),
  );
  const sockets = (listeners ?? []).flatMap((each) => socketsOf(each, running, containers !== null));
  const merged = published.map((each) => ({
    ...each,
    listener: sockets.find((other) => isSame(each, other))?.listener ?? null,
  }));
  const rest = sockets.filter((each) => each.reach !== 'loopback' && !published.some((other) => isSame(each, other)));
  return unique([...merged, ...rest]).toSorted(inOrder);
}

function publishedAs(container: Container, { inside, address, port, latent }: Binding): Opening[] {
  const [, inner, proto] = /^(\d+)\/(tcp|udp)$/.exec(inside) ?? [];
  if (latent || !inner || !/^\d+$/.test(port)) return [];
  const own = isLoopback(address);
  const to = { container, port: Number(inner) };
  return familiesOf(address).map((family) => ({
    family,
    proto: proto as 'tcp' | 'udp',
    port: Number(port),
    listener: null,
    container: container.name,
    bound: address || wildcards[family],
    reach: own ? 'loopback' : 'beyond',
    to: own === null ? null : to,
  }));
}

const wildcards = { ipv4: '0.0.0.0', ipv6: '::' } as const;

function familiesOf(address: string): Opening['family'][] {
  if (address === '' || address === '*') return ['ipv4', 'ipv6'];
  return [address.includes(':') ? 'ipv6' : 'ipv4'];
}

/** docker-proxy takes for a container that is not known here: where its packets really go can't be told. */
function socketsOf(listener: Listener, running: Container[], known: boolean): Opening[] {
  const { address, protocol: proto, port, owners, reach } = listener;
  const names = [...new Set(owners.map(({ name }) => name))].join(', ');
  const pids = new Set(owners.map(({ pid }) => pid));
  const container = running.find(({ processes }) => processes?.some(({ pid }) => pids.has(pid)));
  const proxy = owners.some(({ name }) => name === 'docker-proxy');
  return familiesOf(address).map((family) => ({
    family,
    proto,
    port,
    listener: names || null,
    container: container?.name ?? null,
    bound: address === '*' ? wildcards[family] : address,
    reach: reach === 'loopback' || reach === 'link' ? reach : 'beyond',
    to: proxy && !known ? null : 'host',
  }));
}

function isSame(one: Opening, other: Opening): boolean {
  return (
    one.family === other.family && one.proto === other.proto && one.port === other.port && one.bound === other.bound
  );
}

function unique(openings: Opening[]): Opening[] {
  return openings.filter((each, at) => openings.findIndex((other) => isSame(each, other)) === at);
}

function inOrder(a: Opening, b: Opening): number {
  return (
    a.family.localeCompare(b.family) ||
    a.proto.localeCompare(b.proto) ||
    a.port - b.port ||
    a.bound.localeCompare(b.bound)
  );
}
