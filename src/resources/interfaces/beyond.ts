import { BlockList, isIP } from 'node:net';
import type { Interface } from './parse.ts';

/**
 * Tells of an address whether it is surely none of the host itself: a single one in a network behind the host, such as a bridge's, that the
 * host has not got. Any other may be the host's, by a route of the table local for instance.
 */
export function beyond(interfaces: Interface[], external: string[]): (address: string) => boolean {
  const own = new BlockList();
  const behind = new BlockList();
  for (const { name, loopback, networks } of interfaces) {
    for (const { family, address, prefix } of networks) {
      own.addAddress(address, family);
      if (!loopback && !external.includes(name)) behind.addSubnet(address, prefix, family);
    }
  }
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return isIP(address) !== 0 && behind.check(address, family) && !own.check(address, family);
  };
}
