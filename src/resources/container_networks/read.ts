import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseContainers, type Container } from '../docker/containers.ts';
import { parseNetworks, type Network } from '../docker/networks.ts';
import { inspectProbe, networksProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';

/** One observation for each container. */
export function readNetworks({ except = [] }: { except?: string[] | undefined }, answers: Answers): Observation[] {
  const label = () => 'containers';
  const [all, networks] = [parseContainers(answers), parseNetworks(answers)];
  if (!all.ok) return unknownFacts(['filtered'], label, inspectProbe.name, all);
  if (!networks.ok) return unknownFacts(['filtered'], label, networksProbe.name, networks);
  const chosen = all.containers.filter(({ name }) => !except.includes(name));
  const none: Told = { state: 'skipped', message: 'there is no container' };
  if (chosen.length === 0) return observe(inspectProbe.name, label, { filtered: none });
  return chosen.flatMap((each) =>
    observe(networksProbe.name, () => `container ${each.name}`, {
      filtered: tell(each, all.containers, networks.networks),
    }),
  );
}

/**
 * Docker writes its rules, and the jump to DOCKER-USER, for bridge networks (and the overlay ones of a swarm) alone: traffic of the
 * host's network passes INPUT, that of macvlan and ipvlan no chain of the host.
 */
function tell(container: Container, all: Container[], networks: Network[]): Told {
  const owner = ownerOf(container, all);
  if (!owner) return unknown(`it uses the network of ${container.host.networkMode}, which is not there`);
  if (owner.host.networkMode === 'host') return value(false, `it uses the host's network${via(owner, container)}`);
  const names = Object.keys(owner.networks);
  if (names.length === 0) return value(true, 'it is in no network');
  const drivers = names.map((name) => ({ name, driver: driverOf(name, networks) }));
  const open = drivers.filter(({ driver }) => driver !== null && !filtered.has(driver));
  if (open.length > 0) return value(false, `${say(open)}${via(owner, container)}`);
  const lost = drivers.filter(({ driver }) => driver === null);
  return lost.length > 0
    ? unknown(`there is no network ${lost.map(({ name }) => name).join(', ')}`)
    : value(true, say(drivers));
}

const filtered = new Set(['bridge', 'null', 'overlay']);

/** `container:ID` stands for the network of another, which is found by its id or its name. */
function ownerOf(container: Container, all: Container[], steps = 8): Container | null {
  const [, other] = /^container:(.+)$/s.exec(container.host.networkMode) ?? [];
  if (other === undefined) return container;
  const next = all.find(
    ({ id, name }) => id === other || name === other || (other.length >= 12 && id.startsWith(other)),
  );
  return next && steps > 0 ? ownerOf(next, all, steps - 1) : null;
}

function driverOf(name: string, networks: Network[]): string | null {
  const found = networks.find((each) => each.name === name || each.id === name);
  return found ? found.driver : null;
}

function via(owner: Container, container: Container): string {
  return owner === container ? '' : `, as ${owner.name} does`;
}

function say(drivers: { name: string; driver: string | null }[]): string {
  return drivers.map(({ name, driver }) => `${driver ?? 'unknown'} network ${name}`).join(', ');
}
