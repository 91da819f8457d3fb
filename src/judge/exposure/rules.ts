import type { Table } from '../../netfilter/index.ts';
import { parseNetworks, type Network } from '../../resources/docker/networks.ts';
import { externalOf, readInterfaces, type Interface } from '../../resources/interfaces/parse.ts';
import { filterTable, readPacketFilter } from '../../resources/iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../../resources/iptables/probes.ts';
import type { Answers } from '../../resources/resource.ts';
import type { Rules } from './filter.ts';

/** What the evidence holds about the packet filter and the ways in. */
export function rulesIn(answers: Answers): Rules {
  const [networks, seen] = [parseNetworks(answers), readInterfaces(answers)];
  return {
    filter: { ipv4: tableIn(answers, iptablesProbe.name), ipv6: tableIn(answers, ip6tablesProbe.name) },
    external: seen.ok ? { ipv4: facingOut(seen.interfaces, 'ipv4'), ipv6: facingOut(seen.interfaces, 'ipv6') } : null,
    bridges: networks.ok ? new Map(networks.networks.map((each) => [each.name, bridgeOf(each)])) : null,
  };
}

/** Rules of the older kind, or tables of somebody's own, may stand beside these: what gets through here may still be stopped there. */
function tableIn(answers: Answers, probe: string): { table: Table; alone: boolean } | null {
  const rules = readPacketFilter(answers, probe);
  if (!rules.ok) return null;
  const other = [...rules.legacy.values()].some(
    ({ chains, policies }) =>
      [...chains.values()].some((each) => each.length > 0) || [...policies.values()].some((each) => each === 'DROP'),
  );
  return { table: filterTable(rules), alone: !other && rules.beside.length === 0 };
}

/** Those that have an address of the family: nobody sends to another. */
function facingOut(interfaces: Interface[], family: 'ipv4' | 'ipv6'): string[] {
  const external = externalOf(interfaces, []);
  const reached = interfaces.filter(({ addresses }) => addresses.some((each) => each.family === family));
  return reached.map(({ name }) => name).filter((name) => external.includes(name));
}

/** The name that was given to it, or the one that Docker makes from the id (moby, bridge driver: `br-` and 12 digits). */
function bridgeOf({ id, options }: Network): string {
  return options['com.docker.network.bridge.name'] ?? `br-${id.slice(0, 12)}`;
}
