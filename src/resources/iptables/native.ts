type Json = Record<string, unknown>;

/**
 * A rule in iptables' tables that iptables cannot have made, in nft's own form; null when there is none. iptables-save prints such
 * rules wrongly: a set of addresses as no condition at all (1.8.9 and 1.8.11 print `ip saddr { a, b } drop` as `-j DROP`), others not at
 * all. So only what iptables-nft itself writes, as seen on both, is taken; throws when a line is no answer of `nft -j`.
 */
export function nativeRule(lines: string[]): string | null {
  for (const line of lines) {
    const { nftables } = JSON.parse(line) as { nftables: Json[] };
    const rules = nftables.flatMap((each) => (each['rule'] ? [each['rule'] as { chain: string; expr: Json[] }] : []));
    for (const { chain, expr } of rules) {
      const odd = expr.find((each) => !isOfIptables(each));
      if (odd) return `${chain}: ${JSON.stringify(odd)}`;
    }
  }
  return null;
}

const plain = new Set(['accept', 'counter', 'drop', 'goto', 'jump', 'limit', 'log', 'queue', 'return', 'xt']);

function isOfIptables(expression: Json): boolean {
  const [kind = '', of] = Object.entries(expression)[0] ?? [];
  return kind === 'match' ? isMatchOfIptables(of as Json) : plain.has(kind);
}

const fields: Record<string, string[]> = {
  ip: ['saddr', 'daddr', 'protocol'],
  ip6: ['saddr', 'daddr', 'nexthdr'],
  tcp: ['sport', 'dport'],
  udp: ['sport', 'dport'],
};
/** These iptables writes with a mask: `-f`, `--tcp-flags`, `--mark 1/0xff`. */
const masked = new Set(['ip frag-off', 'tcp flags', 'meta mark']);
const keys = new Set(['iifname', 'oifname', 'l4proto', 'mark', 'pkttype']);

function isMatchOfIptables({ op, left, right }: Json): boolean {
  const [kind = '', of] = Object.entries(left as Json)[0] ?? [];
  if (op !== '==' && op !== '!=') return false;
  if (kind === '&') return masked.has(nameOf((of as Json[])[0]!)) && !isSet(right);
  if (kind === 'meta') return keys.has((of as Json)['key'] as string) && isScalar(right);
  if (kind !== 'payload') return false;
  const { protocol, field } = of as { protocol: string; field: string };
  if (!fields[protocol]?.includes(field)) return false;
  const range = field === 'sport' || field === 'dport' ? 'range' : 'prefix';
  return isScalar(right) || Object.hasOwn(right as Json, range);
}

function nameOf(expression: Json): string {
  const [kind, of] = Object.entries(expression)[0] as [string, Json];
  return kind === 'meta' ? `meta ${String(of['key'])}` : `${String(of['protocol'])} ${String(of['field'])}`;
}

/** A name that begins with @ is that of a set. */
function isScalar(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !value.startsWith('@'));
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'set' in value;
}
