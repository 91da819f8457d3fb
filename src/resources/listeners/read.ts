import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, value, type Told } from '../said.ts';
import { parseListeners, type Listener } from './parse.ts';
import { listenersProbe } from './probe.ts';

const label = (fact: string) => `${fact} ports that are open beyond loopback`;

/** Ports by protocol, with who has them. */
export function readListeners(answers: Answers): Observation[] {
  const seen = parseListeners(answers);
  if (!seen.ok) return unknownFacts(['tcp', 'udp'], label, listenersProbe.name, seen);
  return observe(listenersProbe.name, label, {
    tcp: ports(seen.listeners, 'tcp'),
    udp: ports(seen.listeners, 'udp'),
  });
}

function ports(listeners: Listener[], protocol: string): Told {
  const found = listeners.filter(
    (each) => each.protocol === protocol && each.reach !== 'loopback' && !asksForAddresses(each),
  );
  const words = [...new Set(found.map(({ port }) => String(port)))].toSorted((a, b) => Number(a) - Number(b));
  return value(words, found.map(show).join(', ') || 'none');
}

/** DHCP for IPv4 waits on the host's own port 68; for IPv6 on 546, at a link-local address. */
export function asksForAddresses({ protocol, port, reach, owners }: Listener): boolean {
  if (protocol !== 'udp') return false;
  const client = /^(dhclient|dhcpcd|systemd-network|NetworkManager|udhcpc)$/;
  if (port === 546) return reach === 'link';
  return port === 68 && owners.length > 0 && owners.every(({ name }) => client.test(name));
}

/** `0.0.0.0:22 (sshd)`: what a person looks for first. */
export function show({ address, device, port, owners }: Listener): string {
  const host = address.includes(':') ? `[${address}]` : address;
  const names = [...new Set(owners.map(({ name }) => name))].join(', ');
  return `${host}${device && `%${device}`}:${port} (${names || 'no process'})`;
}
