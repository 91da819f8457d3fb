import type { HostProbe } from '../../model/probe.ts';

/** Every interface with its kind, flags and addresses, and the ways out of both families. One line of JSON each. */
export const interfacesProbe: HostProbe = {
  kind: 'host',
  name: 'net.interfaces',
  run: `
printf 'address|%s\\n' "$(ip -d -j address show)"
printf 'code|%s\\n' $?
printf 'route4|%s\\n' "$(ip -j -4 route show default)"
printf 'route6|%s\\n' "$(ip -j -6 route show default)"
echo end
`,
};
