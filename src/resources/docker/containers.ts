import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { readHost, readPorts, type HostConfig, type Port } from './host-config.ts';
import { readListing } from './listing.ts';
import { inspectProbe } from './probes.ts';
import { readProcesses, type Process } from './processes.ts';
import { attempt, flag, list, map, parseRecord, record, text, whole, type Json } from './shape.ts';

export interface Mount {
  type: string;
  source: string;
  destination: string;
  writable: boolean;
}

export interface Container {
  id: string;
  name: string;
  image: string;
  status: string;
  running: boolean;
  pid: number;
  created: string;
  startedAt: string;
  /** As configured; says nothing about what runs. */
  user: string;
  /** Values are `***` but for those of fleetclaw.* and of compose. */
  labels: Record<string, string>;
  /** Names of its variables. */
  env: string[];
  /** The user in its REDIS_URL, `''` where that names none, null without one. */
  redisUser: string | null;
  /** Paths in USERS_FILE and PERMISSIONS_FILE, `***` for what is not plainly one; evidence of earlier versions has none. */
  files: Record<string, string>;
  appArmor: string;
  host: HostConfig;
  /** What is published now, by `6379/tcp`; null: exposed, not published. */
  ports: Record<string, Port[] | null>;
  networks: Record<string, { ipv4: string; ipv6: string }>;
  mounts: Mount[];
  /** Every process of its cgroup; null: the main one is not among them, so they are not all known. */
  processes: Process[] | null;
}

export interface Containers {
  ok: true;
  containers: Container[];
}

/** All containers, running or not; a daemon that does not run, or does not answer, is not an empty list. */
export function parseContainers(answers: Answers): Containers | Unreadable {
  const answer = said(answers, inspectProbe.name, ['container', 'proc', 'kernel', 'failed', 'state']);
  if (!answer.ok) return answer;
  const refused = readListing(inspectProbe.name, answer.said);
  if (refused) return refused;
  const containers = attempt(() => {
    const processes = readProcesses(answer.said.proc, answer.said.kernel);
    return answer.said.container.map((line) => readContainer(parseRecord(line), processes));
  });
  const odd = {
    ok: false,
    code: 'unparsable',
    message: 'docker inspect printed something else than expected',
  } as const;
  return containers ? { ok: true, containers } : odd;
}

function readContainer(seen: Json, processes: Map<string, Process[]>): Container {
  const [state, config, net] = [record(seen['State']), record(seen['Config']), record(seen['NetworkSettings'])];
  const [id, running, pid] = [fullId(seen['Id']), flag(state['Running']), whole(state['Pid'])];
  return {
    id,
    name: text(seen['Name']).replace(/^\//, ''),
    image: text(config['Image']),
    status: text(state['Status']),
    running,
    pid,
    created: text(seen['Created']),
    startedAt: text(state['StartedAt']),
    user: text(config['User']),
    labels: map(config['Labels'], text),
    env: list(config['Env'], text),
    redisUser: config['RedisUser'] === null ? null : text(config['RedisUser']),
    files: map(config['Files'] ?? null, text),
    appArmor: text(seen['AppArmorProfile']),
    host: readHost(record(seen['HostConfig'])),
    ports: map(net['Ports'], readPorts),
    networks: map(net['Networks'], readNetwork),
    mounts: list(seen['Mounts'], readMount),
    processes: running ? complete(processes.get(id) ?? [], pid) : [],
  };
}

function fullId(of: unknown): string {
  if (!/^[0-9a-f]{64}$/.test(text(of))) throw new TypeError('not an id');
  return of as string;
}

function complete(processes: Process[], pid: number): Process[] | null {
  return processes.some((each) => each.pid === pid) ? processes : null;
}

function readNetwork(of: unknown): { ipv4: string; ipv6: string } {
  const { IPAddress, GlobalIPv6Address } = record(of);
  return { ipv4: text(IPAddress), ipv6: text(GlobalIPv6Address) };
}

function readMount(of: unknown): Mount {
  const { Type, Source, Destination, RW } = record(of);
  // A tmpfs has no source.
  return { type: text(Type), source: text(Source ?? ''), destination: text(Destination), writable: flag(RW) };
}
