/** A base chain: where a table takes part in a packet's way. */
export interface Hook {
  /** Family and name: `inet f2b-table`. */
  table: string;
  /** `filter`, `nat` or `route`. */
  type: string;
  hook: string;
}

/** Tables that iptables-nft makes (iptables-nft(8)): what is in them iptables-save shows. */
const tables = ['filter', 'nat', 'mangle', 'raw', 'security'];
/** fail2ban's own: it stops banned addresses and nothing else (fail2ban, action.d/nftables.conf). */
const banned = 'inet f2b-table';

/**
 * The base chains that packets of this family pass beside the tables which iptables looks at; null when a line is not of the form that
 * the probe prints. With the legacy program that is all that nft has.
 */
export function hooksBeside(lines: string[], family: 'ip' | 'ip6', backend: 'nft' | 'legacy'): Hook[] | null {
  const hooks = lines.map((line) => /^(\S+ \S+) (filter|nat|route) (\S+)$/.exec(line));
  if (hooks.some((each) => !each)) return null;
  return hooks
    .map((each) => ({ table: each![1]!, type: each![2]!, hook: each![3]! }))
    .filter(({ table }) => isOf(family, table) && table !== banned)
    .filter(({ table }) => backend === 'legacy' || !tables.some((name) => table === `${family} ${name}`));
}

/** `netdev` and `bridge` chains see packets of both families, before or below the others. */
function isOf(family: 'ip' | 'ip6', table: string): boolean {
  return !table.startsWith(`${family === 'ip' ? 'ip6' : 'ip'} `) && !table.startsWith('arp ');
}
