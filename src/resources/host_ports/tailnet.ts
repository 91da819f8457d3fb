import { BlockList, isIP } from 'node:net';
import { externalOf, type Interface } from '../interfaces/parse.ts';
import type { Listener } from '../listeners/parse.ts';

const tailnet = new BlockList();
tailnet.addSubnet('100.64.0.0', 10, 'ipv4');
tailnet.addSubnet('fd7a:115c:a1e0::', 48, 'ipv6');

/** Looks like what tailscaled serves to its peers, on a port that it picks (tailscale, ipn/ipnlocal/peerapi.go). Its name is its own choice. */
export function mayBeTailnets({ address, owners }: Listener): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const own = owners.length > 0 && owners.every(({ name }) => name === 'tailscaled');
  return own && isIP(address) !== 0 && tailnet.check(address, family);
}

/** Providers use 100.64.0.0/10 as well: reached through the tunnel alone is an address that a tunnel has, and no other interface. */
export function isOnTunnel({ address }: Listener, interfaces: Interface[]): boolean {
  const external = externalOf(interfaces, []);
  const holders = interfaces.filter(({ networks }) => networks.some((each) => each.address === address));
  return holders.length > 0 && holders.every(({ name, kind }) => kind === 'tun' && !external.includes(name));
}
