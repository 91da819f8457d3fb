import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { defaults } from './defaults.ts';
import { normalizeKey, showKey } from './keys.ts';

/**
 * One `cat` per key: a millisecond each, where `sysctl -a` takes twenty and prints a thousand lines to be stored. Where a fresh
 * network namespace shows the kernel's own default, that is read with it; the namespace is gone when `cat` ends.
 */
export function liveProbe(key: string): HostProbe {
  const file = quote(`/proc/sys/${normalizeKey(key)}`);
  const fresh = defaults[normalizeKey(key)] === 'fresh-namespace' ? `see fresh unshare -n cat ${file}\n` : '';
  return {
    kind: 'host',
    name: `sysctl:${showKey(normalizeKey(key))}`,
    run: `${see}see now cat ${file}\n${fresh}echo end\n`,
  };
}

const see = `see() {
  as=$1
  shift
  if seen=$("$@" 2>&1); then printf '%s|%s\\n' "$as" "$seen"; else printf 'no-%s|%s\\n' "$as" "$seen"; fi
}
`;

/**
 * Everything that assigns parameters at boot, for all keys at once: names of the files in the order of their directories'
 * precedence, then their lines but comments. Merging is done by the parser: `systemd-analyze cat-config` stops at the
 * first dangling link, which systemd-sysctl itself passes over, and has no line numbers.
 */
export const persistedProbe: HostProbe = {
  kind: 'host',
  name: 'sysctl.persisted',
  run: `
nl='
'
if [ -d /run/systemd/system ]; then echo 'boot|systemd'; else echo 'boot|other'; fi
printf 'unit|%s\\n' "$(systemctl is-enabled systemd-sysctl.service 2>&1 | head -n 1)"
systemctl show systemd-sysctl.service -p ExecStart,FragmentPath,DropInPaths | sed 's/ ; ignore_errors=.*//; s/^/how|/'
tr ' ' '\\n' < /proc/cmdline | sed -n 's/^sysctl[./]/kernel|/p'
set --
for file in /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf; do
  if [ -d "$file" ]; then continue; fi
  [ -e "$file" ] || [ -L "$file" ] || continue
  case $file in *"$nl"*) echo odd; continue ;; esac
  printf 'file|%s\\n' "$file"
  if [ -f "$file" ]; then set -- "$@" "$file"; fi
done
if [ -f /etc/ufw/ufw.conf ]; then
  printf 'ufw|%s|' "$(systemctl is-enabled ufw.service 2>&1 | head -n 1)"
  sed -n 's/^[[:space:]]*ENABLED=//p' /etc/ufw/ufw.conf | tail -n 1 | sed "s/[[:space:]#].*//; s/[\\"']//g" | grep . || echo
  late=$(cat /etc/default/ufw /etc/ufw/ufw.conf | sed -n 's/^[[:space:]]*IPT_SYSCTL=//p' | tail -n 1 | sed "s/[[:space:]#].*//; s/[\\"']//g")
  if [ -f "$late" ]; then
    printf 'late|%s\\n' "$late"
    set -- "$@" "$late"
  fi
fi
if [ $# -gt 0 ]; then
  awk 'FNR == 1 { print "in|" FILENAME } !/^[ \\t\\r]*([#;]|$)/ { print FNR "|" $0 }' "$@" || echo lost
fi
echo end
`,
};
