import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseInfo, type Info } from '../docker/info.ts';
import { infoProbe } from '../docker/probes.ts';
import { startProbe } from '../docker_daemon/probe.ts';
import { parseStart } from '../docker_daemon/start.ts';
import { parseListeners, type Listener } from '../listeners/parse.ts';
import { listenersProbe } from '../listeners/probe.ts';
import { show } from '../listeners/read.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { addressesOfFile, addressesOfUnits, addressesOfWords, isTcp, socketsOf, type Addresses } from './addresses.ts';

const words: Record<string, string> = {
  tcp: "Docker's API",
  sockets: "sockets of Docker's API",
  socket_mode: "mode of Docker's socket from the next start on",
  socket_owner: "owner of Docker's socket from the next start on",
  socket_group: "group of Docker's socket from the next start on",
};
const facts = Object.keys(words);
const label = (fact: string) => words[fact]!;

/** One finding for each place that decides: what is offered now, and what the next start would offer. */
export function readApi(answers: Answers): Observation[] {
  const info = parseInfo(answers);
  if (!info.ok) return unknownFacts(facts, label, infoProbe.name, info);
  const places = [...addressesOfUnits(info), ...running(info), ...addressesOfFile(info)];
  return [
    ...places.map((place) => tcp(place, infoProbe.name)),
    ...sockets(info, places),
    ...observe(infoProbe.name, label, socketUnit(info)),
    ...readStart(answers),
    ...readPorts(info, answers),
  ];
}

function running({ daemons }: Info): Addresses[] {
  return daemons.map(({ pid, argv }) => addressesOfWords(`options of process ${pid}`, argv));
}

function readStart(answers: Answers): Observation[] {
  const start = parseStart(answers);
  if (!start.ok) return unknownFacts(['tcp'], () => "Docker's API by docker.service", startProbe.name, start);
  const place = start.words
    ? addressesOfWords('options in docker.service', start.words)
    : { place: 'options in docker.service', addresses: null, why: `could not be told: ${start.unclear}` };
  return [tcp(place, startProbe.name)];
}

function tcp({ place, addresses, why }: Addresses, probe: string): Observation {
  const about = { fact: 'tcp', label: `Docker's API by the ${place}`, probe };
  if (!addresses) return { ...about, ...unknown(why) };
  const odd = addresses.find((each) => isTcp(each) === null);
  if (odd !== undefined) return { ...about, ...unknown(`${odd} is no known form of address`) };
  return { ...about, ...value(addresses.some(isTcp), addresses.join(', ')) };
}

function sockets(info: Info, places: Addresses[]): Observation[] {
  const about = { fact: 'sockets', label: label('sockets'), probe: infoProbe.name };
  const unclear = places.find(({ addresses }) => !addresses);
  const found = socketsOf(
    places.flatMap(({ addresses }) => addresses ?? []),
    info,
  );
  const told: Told = unclear ? unknown(unclear.why) : value(found);
  return [{ ...about, ...told }];
}

/** Without docker.socket dockerd makes the socket itself, as root, with its group and mode 0660. */
function socketUnit({ units }: Info): Record<string, Told> {
  const { LoadState, SocketMode = '', SocketUser, SocketGroup } = units['docker.socket']!;
  if (LoadState !== 'loaded') {
    const none: Told = { state: 'skipped', message: 'there is no docker.socket' };
    return { socket_mode: none, socket_owner: none, socket_group: none };
  }
  const odd = unknown('systemd did not tell it');
  return {
    socket_mode: /^[0-7]{4}$/.test(SocketMode) ? value(SocketMode) : odd,
    socket_owner: SocketUser === undefined ? odd : value(SocketUser || 'root'),
    socket_group: SocketGroup === undefined ? odd : value(SocketGroup || 'root'),
  };
}

/** What really listens, whatever was configured. Metrics and a swarm's own ports are not the API. */
function readPorts(info: Info, answers: Answers): Observation[] {
  const name = "Docker's API by the ports of dockerd";
  const seen = parseListeners(answers);
  if (!seen.ok) return unknownFacts(['tcp'], () => name, listenersProbe.name, seen);
  const pids = new Set(info.daemons.map(({ pid }) => Number(pid)));
  const open = seen.listeners.filter(
    (each) =>
      each.protocol === 'tcp' && each.owners.some(({ pid, name: owner }) => pids.has(pid) || owner === 'dockerd'),
  );
  const api = open.filter((each) => !isOther(each, info));
  return [
    {
      fact: 'tcp',
      label: name,
      probe: listenersProbe.name,
      ...value(api.length > 0, api.map(show).join(', ') || 'none'),
    },
  ];
}

function isOther({ address, port }: Listener, { config, engine }: Info): boolean {
  const metrics = config.content?.['metrics-addr'];
  return metrics === `${address}:${port}` || (engine?.swarm === 'active' && (port === 2377 || port === 7946));
}
