import { hideOptions, pick } from './hide.ts';

const hostFields = [
  'Privileged CapAdd CapDrop SecurityOpt NetworkMode PidMode IpcMode UTSMode UsernsMode CgroupnsMode CgroupParent Cgroup Devices',
  'DeviceCgroupRules DeviceRequests PortBindings PublishAllPorts LogConfig Ulimits ReadonlyRootfs MaskedPaths ReadonlyPaths Runtime',
  'Binds VolumesFrom GroupAdd RestartPolicy',
].flatMap((line) => line.split(' '));

const networkFields = ['IPAddress', 'GlobalIPv6Address', 'NetworkID', 'MacAddress'];

/** Leaves out of each container what may be a secret: values of variables and labels, options of log services. */
export function reduceContainers(stdout: string): string {
  return stdout
    .split('\n')
    .map((line) => (line.startsWith('container|') ? `container|${reduceOne(line.slice(10))}` : line))
    .join('\n');
}

function reduceOne(text: string): string {
  try {
    return JSON.stringify(reduceContainer(JSON.parse(text) as Record<string, unknown>));
  } catch {
    return 'odd';
  }
}

function reduceContainer(seen: Record<string, unknown>): unknown {
  const { Labels, Env, ...config } = pick(seen['Config'], ['User', 'Image', 'Labels', 'Env']);
  if (Labels === undefined || Env === undefined) throw new TypeError('a part is missing');
  const host = pick(seen['HostConfig'], hostFields);
  const log = pick(host['LogConfig'], ['Type', 'Config']);
  const net = pick(seen['NetworkSettings'], ['Ports', 'Networks']);
  return {
    ...pick(seen, ['Id', 'Name', 'Image', 'Created', 'AppArmorProfile', 'State', 'Mounts']),
    Config: { ...config, Labels: labels(Labels), ...variables(Env) },
    HostConfig: { ...host, LogConfig: { ...log, Config: hideOptions(log['Config']) } },
    NetworkSettings: { Ports: net['Ports'], Networks: networks(net['Networks']) },
  };
}

function labels(all: unknown): unknown {
  const kept = Object.entries((all ?? {}) as Record<string, string>);
  return Object.fromEntries(
    kept.map(([name, each]) => [name, /^(fleetclaw|com\.docker\.compose)\./.test(name) ? each : '***']),
  );
}

/** Variables of the gatekeeper that name a file. */
const fileVariables = new Set(['USERS_FILE', 'PERMISSIONS_FILE']);

/** Names only; of an address of Redis also the user that it logs in as, `''` where it names none; and paths of the gatekeeper's files. */
function variables(all: unknown): object {
  const entries = ((all ?? []) as string[]).map((each) => each.split(/=(.*)/s) as [string, string?]);
  const url = entries.findLast(([name]) => name === 'REDIS_URL')?.[1];
  const user = url === undefined ? null : (/^rediss?:\/\/([^:@/]*)(?::[^@]*)?@/.exec(url)?.[1] ?? '');
  const files = entries.filter(([name]) => fileVariables.has(name)).map(([name, path = '']) => [name, plainPath(path)]);
  return { Env: entries.map(([name]) => name), RedisUser: user, Files: Object.fromEntries(files) };
}

/** Whoever wrote something else than a path there may have written a secret. */
function plainPath(of: string): string {
  return /^(\/[\w.-]+)+$/.test(of) ? of : '***';
}

function networks(all: unknown): unknown {
  const entries = Object.entries((all ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, each]) => [name, pick(each, networkFields)]));
}
