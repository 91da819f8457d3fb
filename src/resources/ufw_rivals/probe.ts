import type { HostProbe } from '../../model/probe.ts';

/** What is started at boot or by the clock, as far as it speaks of programs that load packet filters. */
export const rivalsProbe: HostProbe = {
  kind: 'host',
  name: 'ufw.rivals',
  timeoutSeconds: 20,
  run: `
programs='(^|[^A-Za-z0-9_.-])(nft|(ip6?tables|ebtables)(-nft|-legacy)?(-restore|-apply)?|netfilter-persistent|iptables-persistent|firewalld|firewall-cmd|shorewall6?|ferm|awall)([^A-Za-z0-9_.-]|$)'
own='^/(usr/local|opt|etc|root|home|srv|var)/'
# The first line may say that nft itself runs the file.
commands() { sed -n '1p; 2,$ { /^[[:space:]]*#/!p }' "$1" 2>/dev/null; }
is_script() { [ -f "$1" ] && { [ "\${1%.sh}" != "$1" ] || [ "$(head -c 2 "$1" 2>/dev/null)" = '#!' ]; }; }
# Scripts of somebody's own that a text names and that speak of such programs.
wrapped_in() {
  tr -s '[:space:];|&()<>="'"'" '\\n' | grep -E "$own" | sort -u | while IFS= read -r path; do
    if is_script "$path" && commands "$path" | grep -qE "$programs"; then printf '%s\\n' "$path"; fi
  done
}
loads() { commands "$1" | grep -qE "$programs" || [ -n "$(commands "$1" | wrapped_in)" ]; }
# A pattern would only find those that are active.
names=$(systemctl list-units --all --plain --no-legend --type=service) || exit
properties=Id,LoadState,UnitFileState,WantedBy,RequiredBy,UpheldBy,BoundBy,TriggeredBy,OnFailureOf,OnSuccessOf
properties=$properties,ExecCondition,ExecStartPre,ExecStart,ExecStartPost,ExecStop,ExecStopPost
# shellcheck disable=SC2046 # names of units
units=$(systemctl show -p $properties -- $(printf '%s\\n' "$names" | awk '{ print $1 }')) || exit
wrapped=$(printf '%s\\n' "$units" | grep '^Exec' | wrapped_in)
printf '%s\\n' "$wrapped" | sed -n 's/^./wrapped|&/p'
printf '%s\\n' "$units" | sed 's/ ; ignore_errors=.*//' | wrapped=$wrapped awk -v RS= -v programs="$programs" '
  BEGIN { scripts = split(ENVIRON["wrapped"], paths, "\\n") }
  {
    speaks = $0 ~ programs
    for (i = 1; i <= scripts; i++) if (index($0, paths[i])) speaks = 1
    if (!speaks) next
    count = split($0, lines, "\\n")
    print "block|"
    for (i = 1; i <= count; i++) print "unit|" lines[i]
  }
'
printf 'units|%s\\n' "$(printf '%s\\n' "$units" | grep -c '^Id=')"
for file in /etc/rc.local /etc/network/if-*.d/* /etc/networkd-dispatcher/*/* /etc/NetworkManager/dispatcher.d/* \\
  /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/*; do
  if [ -f "$file" ] && [ -x "$file" ] && loads "$file"; then printf 'script|%s\\n' "$file"; fi
done
for file in /etc/crontab /etc/anacrontab /etc/cron.d/* /var/spool/cron/crontabs/* /var/spool/cron/atjobs/* \\
  /etc/network/interfaces /etc/network/interfaces.d/*; do
  if [ -f "$file" ] && loads "$file"; then printf 'script|%s\\n' "$file"; fi
done
echo end
`,
};
