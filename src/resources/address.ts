import { BlockList, isIP } from 'node:net';

/**
 * Whether only the host itself gets to a socket that is bound to this address; null: it is no address. The empty text is
 * what Docker writes for "all addresses of both families", `*` what ss writes.
 */
export function isLoopback(text: string): boolean | null {
  const address = bare(text);
  if (address === '' || address === '*') return false;
  const family = isIP(address);
  return family === 0 ? null : loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** 127.0.0.0/8 and ::1 (RFC 1122 3.2.1.3, RFC 4291 2.5.3); an IPv4 address in IPv6 clothes counts as what it is. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether it stands for all addresses of a family, or of both. */
export function isWildcard(text: string): boolean {
  return ['', '*', '0.0.0.0'].includes(bare(text)) || /^[0:]+$/.test(bare(text));
}

/** Whether two texts are one address: `::1` has many spellings. */
export function sameAddress(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  const family = isIP(b);
  if (isIP(a) === 0 || isIP(a) !== family) return false;
  const list = new BlockList();
  list.addAddress(a, family === 6 ? 'ipv6' : 'ipv4');
  return list.check(b, family === 6 ? 'ipv6' : 'ipv4');
}

/** Without brackets and without the interface that ss or a link-local address carries behind a percent sign. */
function bare(text: string): string {
  return text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
}
