import type { HostProbe } from '../../model/probe.ts';

/**
 * apt's two timers, the services that they start, what those services wait for, and what is left of their runs. Conditions come from
 * the unit files: `systemctl show` cannot print them.
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
  /^# \\// { file = substr($0, 3) }
  /^[ \\t]*(Condition|Assert)[A-Za-z]+[ \\t]*=/ { print "waits|" file "|" $0 }
'
printf 'tool|%s\\n' "$(command -v unattended-upgrade)"
for stamp in /var/lib/apt/periodic/upgrade-stamp /var/lib/apt/periodic/unattended-upgrades-stamp; do
  if [ -f "$stamp" ]; then stat -c 'stamp|%Y|%n' -- "$stamp"; fi
done
echo end
`,
};
