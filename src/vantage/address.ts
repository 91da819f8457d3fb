import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries, as far as they are somewhere else than the internet; 198.18.0.0/15 (labs) is not. */
const special: readonly (readonly [string, [string, number][]])[] = [
  [
    'loopback',
    [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
  ],
  [
    'private',
    [
      ['10.0.0.0', 8],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['fc00::', 7],
    ],
  ],
  ['shared address space (a tailnet or a provider)', [['100.64.0.0', 10]]],
  [
    'link-local',
    [
      ['169.254.0.0', 16],
      ['fe80::', 10],
    ],
  ],
  [
    'no address of a host',
    [
      ['0.0.0.0', 8],
      ['224.0.0.0', 3],
      ['::', 128],
      ['ff00::', 8],
    ],
  ],
];

const lists = special.map(([name, ranges]) => {
  const list = new BlockList();
  for (const [start, prefix] of ranges) list.addSubnet(start, prefix, isIP(start) === 4 ? 'ipv4' : 'ipv6');
  return [name, list] as const;
});

/** What kind of address it is when the internet cannot reach it; null for a public one. */
export function notPublic(address: string): string | null {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  return lists.find(([, list]) => list.check(address, family))?.[0] ?? null;
}
