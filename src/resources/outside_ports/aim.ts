import type { Aim } from '../../model/probe.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import type { Options } from './probes.ts';

const words = ['inet4', 'inet6', 'tcp', 'tcp6', 'udp', 'udp6'] as const;

/** Addresses and listening ports as the host says; null when any of it cannot be read. */
export function aimOf(answers: Answers, { family, protocol }: Pick<Options, 'family' | 'protocol'>): Aim | null {
  const told = said(answers, 'outside.aim', words);
  if (!told.ok) return null;
  const addresses = family === 'ipv4' ? told.said.inet4.map(address4) : told.said.inet6.map(address6);
  const ports = [...told.said[protocol], ...told.said[`${protocol}6`]].map(listener);
  if ([...addresses, ...ports].includes('unreadable')) return null;
  return { addresses: unique(addresses).filter((each) => each !== ''), ports: unique(ports).filter(Number.isInteger) };
}

function unique<T>(list: (T | 'unreadable')[]): T[] {
  return [...new Set(list)] as T[];
}

/** `2: ens3    inet 198.18.0.2/30 scope global ens3`; '' for one that the internet cannot reach. */
function address4(line: string): string {
  const [, address] = / inet ([0-9.]{7,15})[/ ]/.exec(line) ?? [];
  if (!address) return 'unreadable';
  return /^(0|10|127|22[4-9]|2[3-5]\d|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(
    address,
  )
    ? ''
    : address;
}

/**
 * A line of /proc/net/if_inet6: address, index, prefix length, scope, flags, device. The internet can reach 2000::/3 of
 * scope 00 (RFC 4291, 2.5.4); not while it is tentative or a duplicate (linux/if_addr.h: 0x40, 0x08).
 */
function address6(line: string): string {
  const [, hex, scope, flags] =
    /^([0-9a-f]{32}) [0-9a-f]{2} [0-9a-f]{2} ([0-9a-f]{2}) ([0-9a-f]{2,8}) +\S+$/.exec(line) ?? [];
  if (!hex) return 'unreadable';
  if (scope !== '00' || !/^[23]/.test(hex) || (Number.parseInt(flags!, 16) & 0x48) !== 0) return '';
  return shorten(hex.match(/.{4}/g)!.map((each) => Number.parseInt(each, 16).toString(16)));
}

/** RFC 5952: the longest run of zeros, the first of equal ones, becomes `::`. */
function shorten(groups: string[]): string {
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(:0(?![0-9a-f]))+/g)].map(([run]) => run);
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  if (!longest) return groups.join(':');
  const [before = '', after = ''] = splitOnce(groups.join(':'), longest);
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

function splitOnce(text: string, by: string): string[] {
  const at = new RegExp(`(?<![0-9a-f])${by}(?![0-9a-f])`).exec(text)!.index;
  return [text.slice(0, at), text.slice(at + by.length)];
}

/**
 * `0100007F:18EB|0A` of /proc/net/tcp and its kin: 0A listens, 07 is a UDP socket that nothing is connected to. NaN for
 * one on loopback, and for a TCP socket in another state.
 */
function listener(line: string): number | 'unreadable' {
  const [, address, port, state] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\|(07|0A)$/.exec(line) ?? [];
  if (!address) return 'unreadable';
  const loopback = /^[0-9A-F]{6}7F$/.test(address) || /^0{24}01000000$|^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
  return loopback || port === '0000' || !state ? Number.NaN : Number.parseInt(port!, 16);
}
