import type { HostProbe } from '../../model/probe.ts';

/** The packet filter of one family, live. */
export const iptablesProbe = saveProbe('iptables', 'ip', '/proc/net/ip_tables_names');
export const ip6tablesProbe = saveProbe('ip6tables', 'ip6', '/proc/net/ip6_tables_names');

/**
 * All tables as iptables-save prints them. The kernel may hold tables of the older kind beside those of nftables, and a packet has to
 * get through both. To look at them with the -legacy program would make them where there are none, so that is done only
 * when the kernel already names one. `nft|`: iptables' own tables as nft shows them, for iptables-save prints a rule that was
 * made with nft as something else (`native.ts`). `hook|`: where tables of any name take part, by type and hook.
 */
function saveProbe(tool: 'iptables' | 'ip6tables', family: 'ip' | 'ip6', names: string): HostProbe {
  return {
    kind: 'host',
    name: `${tool}.save`,
    run: `
command -v ${tool}-save > /dev/null || { echo "${tool}-save: not found" >&2; exit 127; }
version=$(${tool} --version)
printf 'version|%s\\n' "$version"
legacy=$(cat ${names} 2>/dev/null)
printf '%s\\n' "$legacy" | sed -n 's/^./legacy-table|&/p'
rules=$(${tool}-save)
printf 'code|%s\\n' $?
printf '%s\\n' "$rules" | sed 's/^/rule|/'
case $version in *legacy*) kind=legacy ;; *) kind=nft ;; esac
if [ $kind = nft ] && [ -n "$legacy" ]; then
  older=$(${tool}-legacy-save)
  printf 'legacy-code|%s\\n' $?
  printf '%s\\n' "$older" | sed 's/^/legacy-rule|/'
fi
if command -v nft > /dev/null; then
  chains=$(nft list chains)
  printf 'nft-code|%s\\n' $?
  printf '%s\\n' "$chains" | awk '$1 == "table" { table = $2 " " $3 } $1 == "type" && $3 == "hook" { print "hook|" table " " $2 " " $4 }'
  for table in filter nat; do
    if [ $kind = nft ] && printf '%s\\n' "$chains" | grep -q "^table ${family} $table "; then
      json=$(nft -j list table ${family} $table)
      printf 'nft-code|%s\\n' $?
      printf '%s\\n' "$json" | sed 's/^/nft|/'
    fi
  done
fi
echo end
`,
  };
}
