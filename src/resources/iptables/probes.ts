import type { HostProbe } from '../../model/probe.ts';

/** The packet filter of one family, live. */
export const iptablesProbe = saveProbe('iptables', 'ip', '/proc/net/ip_tables_names');
export const ip6tablesProbe = saveProbe('ip6tables', 'ip6', '/proc/net/ip6_tables_names');

/**
 * All tables as iptables-save prints them. The kernel may hold tables of the older kind beside those of nftables, and a packet has to
 * get through both. To look at them with the -legacy program would make them where there are none, so that is done only
 * when the kernel already names one. \`nft|\`: iptables' own tables as nft shows them, for iptables-save prints a rule that was
 * made with nft as something else (\`native.ts\`).
 */
function saveProbe(tool: 'iptables' | 'ip6tables', family: 'ip' | 'ip6', names: string): HostProbe {
  return {
    kind: 'host',
    name: `${tool}.save`,
    run: `
command -v ${tool}-save > /dev/null || { echo "${tool}-save: not found" >&2; exit 127; }
printf 'version|%s\\n' "$(${tool} --version)"
legacy=$(cat ${names} 2>/dev/null)
printf '%s\\n' "$legacy" | sed -n 's/^./legacy-table|&/p'
rules=$(${tool}-save)
printf 'code|%s\\n' $?
printf '%s\\n' "$rules" | sed 's/^/rule|/'
case $(${tool} --version) in
*legacy*) if command -v nft > /dev/null; then nft list tables ${family} | sed 's/^/nft-table|/'; fi ;;
*)
  if [ -n "$legacy" ]; then
    older=$(${tool}-legacy-save)
    printf 'legacy-code|%s\\n' $?
    printf '%s\\n' "$older" | sed 's/^/legacy-rule|/'
  fi
  if command -v nft > /dev/null; then
    for table in filter nat; do nft -j list table ${family} $table 2> /dev/null | sed 's/^/nft|/'; done
  fi ;;
esac
echo end
`,
  };
}
