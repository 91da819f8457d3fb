import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { notPublic } from './address.ts';
import { NoAnswer } from './no-answer.ts';

/** Interfaces whose other end is no part of the internet: it would see what the internet does not. */
const inner = /^(lo|docker|br-|virbr|veth|cni|tailscale|wg|zt|utun|tun|tap)/;

/**
 * Makes sure that this machine is outside, seen from the address.
 * @throws {NoAnswer} no-vantage, with what to do about it
 */
export async function mustBeOutside(address: string, nearby: boolean): Promise<void> {
  const own = ownAddresses();
  if (own.has(address)) throw inside(`${address} is an address of this machine itself: look from another one`);
  const kind = notPublic(address);
  if (kind === 'loopback') throw inside(`${address} is ${kind}: look from another machine`);
  if (kind && !nearby) throw inside(`${address} is ${kind}, the internet is somewhere else; ${allow}`);
  const source = await sourceTowards(address);
  const device = own.get(source) ?? '';
  if (inner.test(device) && !nearby) throw inside(`the way to ${address} leads over ${device}; ${allow}`);
}

const allow = 'run it from outside, or say that this will do: --input outside=any';

function inside(message: string): NoAnswer {
  return new NoAnswer('no-vantage', message);
}

function ownAddresses(): Map<string, string> {
  const all = Object.entries(networkInterfaces());
  return new Map(all.flatMap(([name, list]) => (list ?? []).map(({ address }) => [address, name] as const)));
}

/** The address that packets to there start from. A UDP socket that is connected asks the routing table and sends nothing. */
async function sourceTowards(address: string): Promise<string> {
  const socket = createSocket(isIP(address) === 4 ? 'udp4' : 'udp6');
  try {
    const up = once(socket, 'connect');
    socket.connect(9, address);
    await up;
    return socket.address().address;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const family = isIP(address) === 4 ? 'IPv4' : 'IPv6';
    throw inside(`this machine has no ${family} way to ${address} (${code}): look from one that has`);
  } finally {
    socket.close();
  }
}
