import { isIP, SocketAddress } from 'node:net';
import type { Aim, OutsideProbe } from '../model/probe.ts';
import type { Peer } from '../transport/index.ts';
import { NoAnswer } from './no-answer.ts';
import { mustBeOutside } from './way.ts';

/** One address to look at, and the port that is known to be open there. */
export interface Target {
  address: string;
  knownPort: number;
}

/** Nobody waits for the sweep of a whole network. */
const most = 8;

/**
 * The address that is known before the host has said anything; null when that is one of the other family.
 * @throws {NoAnswer} no-vantage
 */
export async function firstTarget(probe: OutsideProbe, peer: Peer | null): Promise<Target | null> {
  const { family, nearby } = probe;
  const { address, port } = named(probe) ?? connected(peer);
  if (isIP(address) !== family) return null;
  await mustBeOutside(address, nearby);
  return { address, knownPort: port };
}

/** The other public addresses that the host says it has. */
export async function otherTargets(probe: OutsideProbe, first: Target | null, aim: Aim | null): Promise<Target[]> {
  const others = (aim?.addresses ?? []).filter((address) => address !== first?.address);
  if (others.length > most) {
    throw new NoAnswer('lost', `the host has ${others.length + 1} public addresses, and ${most} are looked at at most`);
  }
  for (const address of others) await mustBeOutside(address, probe.nearby);
  return others.map((address) => ({ address, knownPort: probe.knownPort }));
}

function named({ address, knownPort }: OutsideProbe): { address: string; port: number } | null {
  if (address === null) return null;
  if (!isIP(address)) throw new NoAnswer('no-vantage', `outside_address is "${address}", which is no IP address`);
  return { address: usual(address), port: knownPort };
}

/** As the kernel and nmap write it: `2001:DB8:0::1` is 2001:db8::1. */
function usual(address: string): string {
  return isIP(address) === 6 ? new SocketAddress({ address, family: 'ipv6' }).address : address;
}

function connected(peer: Peer | null): { address: string; port: number } {
  if (peer === null) throw new NoAnswer('lost', 'the host was not reached');
  if (peer !== 'behind a jump host') return peer;
  throw new NoAnswer('no-vantage', `the host is ${peer}: say its public address, --input outside_address=…`);
}
