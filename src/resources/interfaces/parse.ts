import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said, type Told } from '../said.ts';
import { interfacesProbe } from './probe.ts';

export interface Interface {
  name: string;
  /** `bridge`, `veth`, `wireguard`, `tun`, …; empty for a device that is none of the kernel's own making. */
  kind: string;
  loopback: boolean;
  /** The bridge or bond that it is a port of; empty when of none. */
  master: string;
  /** Addresses of global scope, which includes private ones. */
  addresses: { family: 'ipv4' | 'ipv6'; address: string }[];
  /** All of them, of whatever scope, with the length of their network's prefix. */
  networks: { family: 'ipv4' | 'ipv6'; address: string; prefix: number }[];
  isDefaultRoute: boolean;
}

export type Interfaces = { ok: true; interfaces: Interface[] } | Unreadable;

/** What `ip -j` says of the host's interfaces; all of it or nothing. */
export function readInterfaces(answers: Answers): Interfaces {
  const answer = said(answers, interfacesProbe.name, ['address', 'route4', 'route6']);
  if (!answer.ok) return answer;
  const { address, route4, route6 } = answer.said;
  try {
    const ways = [...list(one(route4)), ...list(one(route6))].flatMap(devicesOf);
    const interfaces = list(one(address)).map((seen) => toInterface(seen, new Set(ways)));
    if (interfaces.some(({ loopback }) => loopback)) return { ok: true, interfaces };
  } catch {
    // said below
  }
  return {
    ok: false,
    code: 'unparsable',
    message: `${interfacesProbe.name}: ip -j printed something else than expected`,
  };
}

/**
 * The interfaces that face the internet: those named by the operator, or, when none is named, each that a default route
 * of either family leads out of and each with an address of its own beyond the host, unless it is a bridge, a container's
 * end or a tunnel, which lead elsewhere. A bridge over a real device does not. Empty when one that is named does not exist.
 */
export function externalOf(interfaces: Interface[], named: string[]): string[] {
  if (named.some((name) => !interfaces.some((each) => each.name === name))) return [];
  if (named.length > 0) return named;
  return interfaces.filter((each) => each.isDefaultRoute || facesOut(each, interfaces)).map((each) => each.name);
}

/** What is told where externalOf finds none: only a person knows where the internet is, whatever the parsers understood. */
export const noneExternal: Extract<Told, { state: 'unknown' }> = {
  state: 'unknown',
  code: 'needs-person',
  message: 'no interface of the host faces the internet: name them with the input ext_if',
};

const inward = new Set(['bridge', 'veth', 'dummy', 'wireguard', 'tun', 'ifb', 'vxlan']);
const inwardNames = /^(docker|br-|veth|tailscale|wg)/;

function facesOut({ name, kind, loopback, addresses }: Interface, all: Interface[]): boolean {
  if (loopback || addresses.length === 0) return false;
  if (all.some((each) => each.master === name && !inward.has(each.kind))) return true;
  return !inward.has(kind) && !inwardNames.test(name);
}

type Json = Record<string, unknown>;

function toInterface(seen: Json, ways: Set<string>): Interface {
  const name = text(seen['ifname']);
  const all = records(seen['addr_info'] ?? []);
  const networks = all.map((each) => ({ ...addressOf(each), prefix: Number(each['prefixlen']) }));
  const addresses = all.filter((each) => each['scope'] === 'global').map(addressOf);
  const kind = (seen['linkinfo'] as Json | undefined)?.['info_kind'];
  return {
    name,
    kind: kind === undefined ? '' : text(kind),
    master: seen['master'] === undefined ? '' : text(seen['master']),
    loopback: (seen['flags'] as unknown[]).includes('LOOPBACK'),
    addresses,
    networks,
    isDefaultRoute: ways.has(name),
  };
}

function addressOf(seen: Json): Interface['addresses'][number] {
  return { family: family(seen['family']), address: text(seen['local']) };
}

/** A route of several ways has one device for each. */
function devicesOf(route: Json): string[] {
  const hops = records(route['nexthops'] ?? []).map((hop) => text(hop['dev']));
  return route['dev'] === undefined ? hops : [text(route['dev']), ...hops];
}

/** `ip -j` prints nothing at all for an empty list of some families and versions. */
function list(line: string | null): Json[] {
  if (line === null) throw new TypeError('missing');
  return line === '' ? [] : records(JSON.parse(line));
}

/** Old versions of iproute2 put empty objects between the others. */
function records(of: unknown): Json[] {
  if (!Array.isArray(of)) throw new TypeError('not a list');
  return (of as Json[]).filter((each) => Object.keys(each).length > 0);
}

function family(of: unknown): 'ipv4' | 'ipv6' {
  return of === 'inet6' ? 'ipv6' : 'ipv4';
}

function text(of: unknown): string {
  if (typeof of !== 'string') throw new TypeError('not a text');
  return of;
}
