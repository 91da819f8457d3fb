import type { HostProbe } from '../../model/probe.ts';

/**
 * apt's two timers, the services that they start, what those services wait for, and what is left of their runs. Conditions, and what
 * else a drop-in sets, come from the unit files: `systemctl show` cannot print the one, and has defaults for all of the other.
 */
export const timersProbe: HostProbe = {
  kind: 'host',
  name: 'apt.timers',
  run: `
command -v systemctl > /dev/null || { echo 'systemctl: not found' >&2; exit 127; }
printf 'now|%s\\n' "$(date +%s)"
printf 'booted|%s\\n' "$(systemctl show --timestamp=us+utc -p UserspaceTimestamp --value)"
set -- apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service
systemctl show --timestamp=us+utc -p Id,LoadState,ActiveState,SubState,UnitFileState,Unit,NextElapseUSecRealtime \\
  -p ExecStart,ExecStartPre,ExecCondition,User,Environment,EnvironmentFiles,RootDirectory,DropInPaths \\
  -p Result,ExecMainExitTimestamp "$@" |
  awk -v names="$*" '
    BEGIN { split(names, name, " "); at = 1 }
    /^$/ { at++; next }
    { sub(/ ; start_time=.*/, ""); print "unit|" name[at] "|" $0 }
  '
systemctl cat apt-daily.service apt-daily-upgrade.service | awk '
  /^# \\// { file = substr($0, 3); section = ""; next }
  /^[ \\t]*[#;]/ { next }
  /\\\\$/ { line = line substr($0, 1, length($0) - 1) " "; next }
  { line = line $0 }
  line ~ /^[ \\t]*\\[/ { section = line; gsub(/[][ \\t]/, "", section) }
  line ~ /^[ \\t]*(Condition|Assert)[A-Za-z]+[ \\t]*=/ { print "waits|" file "|" line }
  section ~ /^(Unit|Service)$/ && line ~ /^[ \\t]*[A-Za-z]+[ \\t]*=/ {
    key = line; sub(/=.*/, "", key); gsub(/[ \\t]/, "", key)
    text = line; sub(/^[^=]*=[ \\t]*/, "", text)
    if (text != "") print "sets|" file "|" section "." key "|" text
  }
  { line = "" }
'
printf 'tool|%s\\n' "$(command -v unattended-upgrade)"
for stamp in /var/lib/apt/periodic/upgrade-stamp /var/lib/apt/periodic/unattended-upgrades-stamp; do
  if [ -f "$stamp" ]; then stat -c 'stamp|%Y|%n' -- "$stamp"; fi
done
echo end
`,
};
