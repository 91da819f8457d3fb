import { globMatches } from '../../model/glob.ts';
import type { Observation } from '../../model/observation.ts';
import { isLoopback, sameAddress } from '../address.ts';
import { unknownFacts } from '../answer.ts';
import { parseContainers, type Container } from '../docker/containers.ts';
import { has } from '../containers/select.ts';
import { parseInfo } from '../docker/info.ts';
import { infoProbe, inspectProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { bindingsOf, sharesNetwork, type Binding } from './bindings.ts';

export interface Options {
  names?: string[] | undefined;
  labels?: string[] | undefined;
  ports?: string[] | undefined;
  allow?: string[] | undefined;
}

/** One observation for each binding; for a container that was looked for and publishes nothing, one that says so. */
export function readPublished(options: Options, answers: Answers): Observation[] {
  const all = parseContainers(answers);
  const nothing = () => 'published ports';
  if (!all.ok) return unknownFacts(['loopback'], nothing, inspectProbe.name, all);
  const told = [...swarm(answers), ...all.containers.flatMap((each) => tellOf(each, options))];
  if (told.length > 0) return told;
  return observe(inspectProbe.name, nothing, { loopback: none(options, all.containers.length) });
}

/** Ports of a swarm's services are on all nodes, and in no container's own list. */
function swarm(answers: Answers): Observation[] {
  const label = () => "ports of a swarm's services";
  const info = parseInfo(answers);
  if (!info.ok) return unknownFacts(['loopback'], label, infoProbe.name, info);
  const state = info.engine?.swarm ?? info.silent;
  if (state === 'inactive') return [];
  return observe(infoProbe.name, label, { loopback: unknown(`this engine is in a swarm, or may be: ${state}`) });
}

function none({ names, labels, ports }: Options, count: number): Told {
  const particular = names || labels || ports;
  if (particular) return { state: 'skipped', message: `no container is, or publishes, ${describe(particular)}` };
  if (count === 0) return { state: 'skipped', message: 'there is no container' };
  return value(true, `none of ${count} containers publishes a port`);
}

function describe(words: string[]): string {
  return words.join(', ');
}

function tellOf(container: Container, options: Options): Observation[] {
  const whole = isMeant(container, options);
  const bindings = bindingsOf(container).filter((each) => whole || hasPort(each, options));
  if (bindings.length > 0) return bindings.flatMap((each) => tell(each, options.allow ?? []));
  if (!isNamed(options) || !whole) return [];
  const label = () => `container ${container.name}`;
  const shares = `it uses the network of ${container.host.networkMode}, where it listens by itself`;
  const told = sharesNetwork(container) ? unknown(shares) : value(true, 'it publishes nothing');
  return observe(inspectProbe.name, label, { loopback: told });
}

function isNamed({ names, labels, ports }: Options): boolean {
  return Boolean(names ?? labels ?? ports);
}

function isMeant(container: Container, options: Options): boolean {
  const { names = [], labels = [] } = options;
  if (!isNamed(options)) return true;
  return (
    names.some((each) => globMatches(each, container.name)) || labels.some((each) => has(container, each) !== false)
  );
}

/** A port counts on either side: what is published as 6379 is asked for as 6379. */
function hasPort({ inside, port }: Binding, { ports = [] }: Options): boolean {
  return ports.some((each) => inside.split('/')[0] === each || port === each);
}

function tell(binding: Binding, allow: string[]): Observation[] {
  const { container, inside, address, port, latent } = binding;
  const own = isLoopback(address);
  const allowed = own === false && allow.some((each) => sameAddress(each, address));
  const on = address || 'all addresses';
  const note = `${port ? `port ${port}` : 'a port'} on ${on}${allowed ? ', which is allowed' : ''}${latent ? ', when it starts' : ''}`;
  const told = own === null ? unknown(`${address} is no address`) : value(own || allowed, note);
  return observe(inspectProbe.name, () => `${inside} of ${container}`, { loopback: told });
}
