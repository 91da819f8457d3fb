import { BlockList, isIP } from 'node:net';

/**
 * A network as fail2ban keeps it: without host bits, without the length of a single address. `127.0.0.1/8` is `127.0.0.0/8`. What
 * fail2ban shows as `0.0.0.0` or `::` is everybody: it leaves a length of 0 out, too (IPAddr.ntoa).
 */
export function canonical(text: string): string {
  const network = parse(text);
  if (!network) return text;
  const { family, bits } = network;
  const size = family === 4 ? 32 : 128;
  const first = (toNumber(network) >> BigInt(size - bits)) << BigInt(size - bits);
  const base = family === 4 ? showFour(first) : showSix(first);
  if (first === 0n && bits === size) return `${base}/0`;
  return bits === size ? base : `${base}/${bits}`;
}

/** Whether all of a network (or address) is in one of the others. What is no address is in none. */
export function isWithin(text: string, others: string[]): boolean {
  const inner = parse(text);
  return others.some((each) => {
    const outer = parse(each);
    return !!inner && !!outer && inner.family === outer.family && outer.bits <= inner.bits && has(outer, inner.address);
  });
}

interface Network {
  address: string;
  family: 4 | 6;
  bits: number;
}

function parse(text: string): Network | null {
  const [address = '', length, ...more] = text.split('/');
  const family = isIP(address) as 0 | 4 | 6;
  const size = family === 4 ? 32 : 128;
  if (family === 0 || more.length || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const bits = length === undefined ? size : Number(length);
  return bits <= size && !address.includes('%') ? { address, family, bits } : null;
}

function has({ address, family, bits }: Network, other: string): boolean {
  const list = new BlockList();
  list.addSubnet(address, bits, `ipv${family}`);
  return list.check(other, `ipv${family}`);
}

function toNumber({ address, family }: Network): bigint {
  if (family === 4) return address.split('.').reduce((sum, each) => (sum << 8n) | BigInt(each), 0n);
  // The URL parser writes an IPv6 address in its one short form, IPv4 tails as groups.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const fill = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(fill).fill('0'), ...groups(tail)];
  return all.reduce((sum, each) => (sum << 16n) | BigInt(`0x${each}`), 0n);
}

function showFour(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
}

function showSix(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
