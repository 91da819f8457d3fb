import type { HostProbe } from '../../model/probe.ts';

/** What is started at boot or by the clock, as far as it speaks of programs that load packet filters. */
export const rivalsProbe: HostProbe = {
  kind: 'host',
  name: 'ufw.rivals',
  timeoutSeconds: 20,
  run: `
programs='(^|[^A-Za-z0-9_.-])(nft|(ip6?tables|ebtables)(-nft|-legacy)?(-restore|-apply)?|netfilter-persistent|iptables-persistent|firewalld|firewall-cmd|shorewall6?|ferm|awall)([^A-Za-z0-9_.-]|$)'
# A pattern would only find those that are active.
names=$(systemctl list-units --all --plain --no-legend --type=service) || exit
# shellcheck disable=SC2046 # names of units
units=$(systemctl show -p Id,LoadState,UnitFileState,ExecStartPre,ExecStart,ExecStartPost -- $(printf '%s\\n' "$names" | awk '{ print $1 }')) || exit
printf '%s\\n' "$units" | sed 's/ ; ignore_errors=.*//' | awk -v RS= -v programs="$programs" '
  $0 ~ programs {
    count = split($0, lines, "\\n")
    print "block|"
    for (i = 1; i <= count; i++) print "unit|" lines[i]
  }
'
printf 'units|%s\\n' "$(printf '%s\\n' "$units" | grep -c '^Id=')"
for file in /etc/rc.local /etc/network/if-*.d/* /etc/networkd-dispatcher/*/* /etc/NetworkManager/dispatcher.d/*; do
  if [ -f "$file" ] && [ -x "$file" ] && grep -qsE "$programs" "$file"; then printf 'script|%s\\n' "$file"; fi
done
for file in /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/* /etc/network/interfaces /etc/network/interfaces.d/*; do
  if [ -f "$file" ] && grep -sv '^[[:space:]]*#' "$file" | grep -qE "$programs"; then printf 'script|%s\\n' "$file"; fi
done
echo end
`,
};
