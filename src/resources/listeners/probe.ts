import type { HostProbe } from '../../model/probe.ts';

/** Every listening TCP socket and every unconnected UDP socket of the host's own network namespace, with who has it. */
export const listenersProbe: HostProbe = {
  kind: 'host',
  name: 'listeners',
  run: `
command -v ss > /dev/null || { echo 'ss: not found' >&2; exit 127; }
seen=$(ss -Hltunp) || exit
printf '%s\\n' "$seen" | sed '/^$/d; s/^/socket|/'
echo end
`,
};
