import type { HostProbe } from '../../model/probe.ts';
import { apartProperties, startLines } from '../systemd.ts';

/** What ufw-init reads, by a short name: its settings, then the rules in the order in which it loads them. */
export const ufwPaths = {
  default: '/etc/default/ufw',
  conf: '/etc/ufw/ufw.conf',
  before: '/etc/ufw/before.rules',
  after: '/etc/ufw/after.rules',
  user: '/etc/ufw/user.rules',
  before6: '/etc/ufw/before6.rules',
  after6: '/etc/ufw/after6.rules',
  user6: '/etc/ufw/user6.rules',
} as const;

export type UfwFile = keyof typeof ufwPaths;

/** UFW as it is written down: its files, its hooks, its unit; and whether the host has IPv6 at all. */
export const ufwProbe: HostProbe = {
  kind: 'host',
  name: 'ufw.files',
  run: `
tell() {
  if [ -f "$2" ]; then
    printf 'file|%s\\n' "$1"
    awk -v name="$1" '{ print "text|" name "|" $0 }' < "$2" || printf 'failed|%s\\n' "$1"
  elif [ -e "$2" ]; then
    printf 'failed|%s\\n' "$1"
  else
    printf 'none|%s\\n' "$1"
  fi
}
${Object.entries(ufwPaths)
  .map(([name, path]) => `tell ${name} ${path}`)
  .join('\n')}
for hook in /etc/ufw/before.init /etc/ufw/after.init; do
  if [ -x "$hook" ]; then printf 'hook|%s\\n' "$hook"; fi
done
if [ -e /proc/sys/net/ipv6/conf/all/disable_ipv6 ]; then
  grep -qsv '^1$' /proc/sys/net/ipv6/conf/*/disable_ipv6
  case $? in 0) echo 'ipv6|on' ;; 1) echo 'ipv6|off' ;; *) echo 'ipv6|unclear' ;; esac
elif [ -e /proc/net/if_inet6 ] || [ ! -e /proc/net/dev ]; then
  echo 'ipv6|unclear'
else
  echo 'ipv6|off'
fi
systemctl show ufw.service -p Id,LoadState,UnitFileState,ExecCondition,ExecStartPre,ExecStart,ExecStartPost,${apartProperties} 2>&1 |
  sed '/^$/d; s/ ; ignore_errors=.*//; s/^/unit|/'
${startLines('ufw.service')}
echo end
`,
};
