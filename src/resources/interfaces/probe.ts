import type { HostProbe } from '../../model/probe.ts';

/** Every interface with its kind, flags and addresses, and the ways out of both families. One line of JSON each. */
export const interfacesProbe: HostProbe = {
  kind: 'host',
  name: 'net.interfaces',
  run: `
seen=$(ip -d -j address show) || exit
printf 'address|%s\\n' "$seen"
seen=$(ip -j -4 route show default) || exit
printf 'route4|%s\\n' "$seen"
seen=$(ip -j -6 route show default) || exit
printf 'route6|%s\\n' "$seen"
echo end
`,
};
