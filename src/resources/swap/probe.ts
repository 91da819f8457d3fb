import type { HostProbe } from '../../model/probe.ts';

/**
 * The kernel's list, and for each of its lines who may read what it names; then what brings swap back: fstab, each source
 * resolved to the device that it means today, and systemd's own swap units. Fields are parted by tabs.
 * `systemctl list-units` would not do: systemd makes a unit up for whatever is in use.
 */
export const swapProbe: HostProbe = {
  kind: 'host',
  name: 'swap',
  run: `
set -f
tab=$(printf '\\t')
real() {
  case $1 in
    *=*) found=$(findfs "$1" 2> /dev/null) || found= ;;
    *) found=$(printf '%b' "$1") ;;
  esac
  [ -z "$found" ] || readlink -f -- "$found" | tr '\\n' '\\001'
  echo
}
sed "s/^/swaps$tab/" /proc/swaps
tail -n +2 /proc/swaps | while read -r name rest; do
  printf 'stat\\t'
  stat -c '%a|%u|%U' -- "$(printf '%b' "$name")" 2>&1 | head -n 1
  printf 'real\\t'
  real "$name"
done
if [ -e /etc/fstab ]; then
  awk '!/^[ \\t]*#/ && $3 == "swap" { gsub(/"/, "", $1); print FNR, $1, $4 }' /etc/fstab | while read -r line source options; do
    printf 'fstab\\t%s\\t%s\\t%s\\t' "$line" "\${options:-defaults}" "$source"
    real "$source"
  done
fi
if units=$(systemctl list-unit-files --no-legend --no-pager --full '*.swap' swap.target); then
  printf '%s\\n' "$units" | sed "s/^/unit$tab/"
  names=$(printf '%s\\n' "$units" | awk '$1 ~ /[.]swap$/ { print $1 }')
  if [ -n "$names" ]; then
    systemctl show -p Id -p What -p UnitFileState -p SourcePath -- $names | while IFS= read -r line; do
      printf 'show\\t%s\\n' "$line"
      case $line in What=?*) printf 'show\\tReal='; real "\${line#What=}" ;; esac
    done
  fi
fi
echo end
`,
};
