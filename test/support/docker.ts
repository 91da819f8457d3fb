import { unprivileged } from './containers.ts';

/** What the probes of Docker print on a Debian 13 host that follows the guide, reduced; cut to what is read. */
export const units = {
  'docker.service': {
    Id: 'docker.service',
    LoadState: 'loaded',
    ActiveState: 'active',
    UnitFileState: 'enabled',
    MainPID: '168',
    NeedDaemonReload: 'no',
    ExecMainStartTimestamp: 'Mon 2026-11-23 04:37:02.433845 UTC',
  },
  'docker.socket': {
    Id: 'docker.socket',
    LoadState: 'loaded',
    ActiveState: 'active',
    NeedDaemonReload: 'no',
    Listen: '/run/docker.sock (Stream)',
    SocketMode: '0660',
    SocketUser: 'root',
    SocketGroup: 'docker',
  },
  'snap.docker.dockerd.service': { Id: 'snap.docker.dockerd.service', LoadState: 'not-found', ActiveState: 'inactive' },
};

export const file = {
  'log-driver': 'json-file',
  'log-opts': { 'max-size': '10m', 'max-file': '3' },
  'live-restore': true,
  'default-ulimits': { nofile: { Name: 'nofile', Hard: 65536, Soft: 65536 } },
  'no-new-privileges': true,
};

const engine = {
  ServerVersion: '28.2.2',
  LoggingDriver: 'json-file',
  LiveRestoreEnabled: true,
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns', 'name=no-new-privileges'],
  DockerRootDir: '/var/lib/docker',
  FirewallBackend: { Driver: 'iptables' },
  Swarm: { LocalNodeState: 'inactive' },
};

export const argv = ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];

interface Given {
  units?: Record<string, Record<string, string>>;
  argv?: string[];
  /** Lines that replace those of the file. */
  config?: string[];
  file?: object;
  engine?: object;
  /** Lines that replace those of the running daemon's answer. */
  says?: string[];
}

/** The answer to `docker.info`. */
export function infoAnswer(given: Given = {}): string {
  const shown = Object.entries({ ...units, ...given.units }).flatMap(([name, values]) => [
    `show|${name}`,
    ...Object.entries(values).map(([key, each]) => `unit|${key}=${each}`),
  ]);
  const stamps = 'file|644|root|root|regular file|1795408572.312304598|1795408572.312304598|264';
  return [
    'program|dockerd|/usr/bin/dockerd|/usr/bin/dockerd',
    'socket|/run/docker.sock|/run/docker.sock',
    'socket|/run/docker.sock|/var/run/docker.sock',
    ...shown,
    'process|168|host',
    ...(given.argv ?? argv).map((word) => `argv|${word}`),
    'config|/etc/docker/daemon.json',
    ...(given.config ?? [
      'dir|1795408572.307370310',
      stamps,
      `json|${JSON.stringify(given.file ?? file)}`,
      'key|2|log-driver',
    ]),
    ...(given.says ?? [
      'version|{"Platform":{"Name":"Docker Engine - Community"},"Version":"28.2.2"}',
      `info|${JSON.stringify({ ...engine, ...given.engine })}`,
    ]),
    'end',
    '',
  ].join('\n');
}

/** The answer to `docker.start`. */
export function startAnswer(words = argv, valid = '0|configuration OK'): string {
  return [...words.map((word) => `word|${word}`), `valid|${valid}`, 'end', ''].join('\n');
}

export const id = '16a94634807c506e8d670373dc1c4b5f3ff6e6a96ba299dc9dd98d14ec769abb';

/** One container as `docker inspect` and `reduce` leave it. */
export const container = {
  Id: id,
  Name: '/fleetclaw-ex-001',
  Image: 'sha256:5c92',
  Created: '2026-11-23T04:51:58.376071913Z',
  AppArmorProfile: '',
  State: { Status: 'running', Running: true, Pid: 654, StartedAt: '2026-11-23T05:01:32.129632534Z' },
  Mounts: [{ Type: 'bind', Source: '/srv', Destination: '/data', Mode: 'ro', RW: false, Propagation: 'rprivate' }],
  Config: {
    User: 'node',
    Image: 'fleetclaw/openclaw:latest',
    Labels: { 'fleetclaw.managed': 'true' },
    Env: ['PATH'],
    RedisUser: 'ex_001',
  },
  HostConfig: {
    ...unprivileged,
    PortBindings: { '6379/tcp': [{ HostIp: '127.0.0.1', HostPort: '6379' }] },
    PublishAllPorts: false,
    LogConfig: { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } },
    Ulimits: [{ Hard: 65536, Name: 'nofile', Soft: 65536 }],
    ReadonlyRootfs: false,
    RestartPolicy: { MaximumRetryCount: 0, Name: 'unless-stopped' },
  },
  NetworkSettings: {
    Ports: { '6379/tcp': [{ HostIp: '127.0.0.1', HostPort: '6379' }] },
    Networks: { fleetclaw: { IPAddress: '172.18.0.2', GlobalIPv6Address: '' } },
  },
};

export const kernel = (pid: number, soft = '65536', hard = '65536') => [
  `kernel|${pid}|Name:\tagent`,
  `kernel|${pid}|Uid:\t1000\t1000\t1000\t1000`,
  `kernel|${pid}|Gid:\t1000\t1000\t1000\t1000`,
  ...['Inh', 'Prm', 'Eff', 'Bnd', 'Amb'].map((set) => `kernel|${pid}|Cap${set}:\t0000000000000000`),
  `kernel|${pid}|NoNewPrivs:\t1`,
  `kernel|${pid}|Seccomp:\t2`,
  `kernel|${pid}|Max open files            ${soft}                ${hard}                files     `,
];

/** The answer to `docker.inspect`. */
export function inspectAnswer(
  containers: object[] = [container],
  processes = [`proc|654|${id}`, ...kernel(654)],
): string {
  return [
    'state|listed',
    ...containers.map((each) => `container|${JSON.stringify(each)}`),
    ...processes,
    'end',
    '',
  ].join('\n');
}
