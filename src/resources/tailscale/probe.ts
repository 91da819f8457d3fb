import type { HostProbe } from '../../model/probe.ts';
import { reduce } from './reduce.ts';

/**
 * Traces of Tailscale, and when there are any: what tailscaled says of itself, and what listens. Its preferences come from
 * `debug prefs`, the only way to read them without the state file, which holds the node's private key.
 */
export const tailscaleProbe: HostProbe = {
  kind: 'host',
  name: 'tailscale.status',
  reduce,
  run: `
found=
for name in tailscale tailscaled; do
  path=$(command -v "$name") && { found=1; printf 'trace|%s\\n' "$path"; }
done
for path in /snap/bin/tailscale /run/tailscale/tailscaled.sock /var/lib/tailscale/tailscaled.state /sys/class/net/tailscale[0-9]*; do
  [ ! -e "$path" ] || { found=1; printf 'trace|%s\\n' "$path"; }
done
if grep -qsx tailscaled /proc/[0-9]*/comm; then found=1; echo 'trace|a process tailscaled'; fi
if [ -n "$found" ]; then
  PATH="$PATH:/snap/bin"
  ask() {
    word=$1
    shift
    told=$(timeout -k 1 5 tailscale "$@" 2> /dev/null)
    printf 'code|%s %s\\n' "$word" "$?"
    printf '%s\\n' "$told" | sed "s/^/$word|/"
  }
  ask status status --json --peers=false
  ask prefs debug prefs
  for family in tcp udp; do
    if seen=$(ss -Hlnp --"$family"); then
      # Its own sockets are how the tailnet works: no service.
      printf '%s\\n' "$seen" | awk -v family="$family" '
        NF && !/users:\\(\\("tailscaled",pid=[0-9]+,fd=[0-9]+\\)\\)$/ { print family "|" $4 }'
    else
      printf 'code|%s 1\\n' "$family"
    fi
  done
fi
echo end
`,
};
