import type { Container } from '../docker/containers.ts';

/** One port of a container on one address of the host. */
export interface Binding {
  container: string;
  /** `6379/tcp`, as the container sees it. */
  inside: string;
  /** Empty: on all addresses of both families. */
  address: string;
  /** Empty: one that Docker picks. */
  port: string;
  /** Asked for by a container that is not published now: it will be when it starts. */
  latent: boolean;
}

/**
 * What is published now; of what was asked for, the ports of which that says nothing. Where both do, what is counts: the daemon's `ip`
 * may have turned "all addresses" into one.
 */
export function bindingsOf(container: Container): Binding[] {
  const { host, ports, running, name } = container;
  const make = (inside: string, address: string, port: string, latent: boolean): Binding => ({
    container: name,
    inside,
    address,
    port,
    latent,
  });
  const flat = (map: Container['ports'], latent: boolean) =>
    Object.entries(map).flatMap(([inside, all]) =>
      (all ?? []).map(({ hostIp, hostPort }) => make(inside, hostIp, hostPort, latent)),
    );
  const now = flat(ports, false);
  // In a network of another, Docker keeps the wish in its files and does nothing about it.
  const asked = sharesNetwork(container) ? [] : flat(host.portBindings, true);
  const hidden = running || !host.publishAllPorts ? [] : [make('every exposed port', '', '', true)];
  return unique([...now, ...asked.filter((each) => !now.some(({ inside }) => inside === each.inside)), ...hidden]);
}

/** It has no network of its own to publish ports from. */
export function sharesNetwork({ host }: Container): boolean {
  return host.networkMode === 'host' || host.networkMode.startsWith('container:');
}

function unique(bindings: Binding[]): Binding[] {
  return [...new Map(bindings.map((each) => [JSON.stringify(each), each])).values()];
}
