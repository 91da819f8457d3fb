import type { Exposure } from '../../model/report.ts';
import type { Opening } from './openings.ts';

/** A new packet from the internet, after the translation of its address. */
export interface Incoming {
  family: Exposure['family'];
  hook: 'INPUT' | 'FORWARD';
  proto: 'tcp' | 'udp';
  port: number;
  /** Where it goes; null: to the host itself. */
  to: { address: string; networks: string[] } | null;
}

/** What the packet filter does with it; `by` is the chain that stops it. */
export interface Passage {
  passes: boolean | null;
  by: string | null;
}

export type Filter = (packet: Incoming) => Passage;

/** Whether the internet gets to it. Whatever is not known makes it unknown: null is no "no". */
export function reachOf(opening: Opening, filter: Filter): Pick<Exposure, 'stoppedBy' | 'reachable'> {
  if (opening.reach === 'loopback') return { stoppedBy: 'loopback', reachable: false };
  if (opening.reach === 'link') return { stoppedBy: 'link-local address', reachable: false };
  const packet = packetTo(opening);
  const { passes, by } = packet ? filter(packet) : { passes: null, by: null };
  return { stoppedBy: passes === false ? by : null, reachable: passes };
}

/**
 * Docker translates the address of what is published, so it passes FORWARD with the container's own port. Where the container has no address of
 * that family there is no such rule: docker-proxy takes it on the host, behind INPUT (moby, portmapper).
 */
function packetTo({ family, proto, port, to }: Opening): Incoming | null {
  if (to === null) return null;
  if (to === 'host') return { family, hook: 'INPUT', proto, port, to: null };
  const networks = Object.entries(to.container.networks);
  const inFamily = networks.map(([name, { ipv4, ipv6 }]) => ({ name, address: family === 'ipv4' ? ipv4 : ipv6 }));
  const address = inFamily.find((each) => each.address !== '')?.address;
  if (address === undefined) return { family, hook: 'INPUT', proto, port, to: null };
  return { family, hook: 'FORWARD', proto, port: to.port, to: { address, networks: networks.map(([name]) => name) } };
}
