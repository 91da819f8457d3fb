/** What `docker inspect` and the kernel say of containers, as the probe prints it: shortened from a lab host's answer (Docker 26.1). */
export interface Given {
  name: string;
  id?: string;
  running?: boolean;
  host?: object;
  ports?: object;
  networks?: object;
  mounts?: object[];
  labels?: object;
  /** Names of its variables. */
  env?: string[];
  /** What of them is a path that is kept. */
  files?: object;
  /** Lines of /proc/PID/status that differ. */
  kernel?: Record<string, string>;
}

export function inspected(...all: Given[]): string {
  return `state|listed\n${all.map(containerLine).join('')}${all.map(processLines).join('')}end\n`;
}

export function idOf(at: Given): string {
  return at.id ?? Buffer.from(at.name).toString('hex').padEnd(64, '0').slice(0, 64);
}

function pidOf(at: Given): number {
  return Number.parseInt(idOf(at).slice(0, 6), 16);
}

function containerLine(at: Given): string {
  const running = at.running ?? true;
  const seen = {
    Id: idOf(at),
    Name: `/${at.name}`,
    Image: 'sha256:852427a8',
    Created: '2026-11-23T04:36:16.45869997Z',
    AppArmorProfile: '',
    State: {
      Status: running ? 'running' : 'created',
      Running: running,
      Pid: running ? pidOf(at) : 0,
      StartedAt: '2026-11-23T04:40:11.974785218Z',
    },
    Config: {
      User: 'node',
      Image: 'fleetclaw/openclaw:latest',
      Labels: at.labels ?? {},
      Env: at.env ?? ['PATH'],
      RedisUser: null,
      ...(at.files && { Files: at.files }),
    },
    HostConfig: { ...plainHost, ...at.host },
    NetworkSettings: {
      Ports: at.ports ?? {},
      Networks: at.networks ?? { fleetclaw: { IPAddress: '172.18.0.4', GlobalIPv6Address: '' } },
    },
    Mounts: at.mounts ?? [],
  };
  return `container|${JSON.stringify(seen)}\n`;
}

/** How Docker writes a container's HostConfig when nothing is asked of the host. */
export const unprivileged = {
  Privileged: false,
  CapAdd: null,
  CapDrop: null,
  SecurityOpt: null,
  NetworkMode: 'fleetclaw',
  PidMode: '',
  IpcMode: 'private',
  UTSMode: '',
  UsernsMode: '',
  CgroupnsMode: 'private',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
};

const plainHost = {
  ...unprivileged,
  PortBindings: {},
  PublishAllPorts: false,
  LogConfig: { Type: 'json-file', Config: {} },
  Ulimits: [],
  MaskedPaths: [
    ...['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list'],
    ...['/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware'],
  ],
  ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  ReadonlyRootfs: false,
  RestartPolicy: { MaximumRetryCount: 0, Name: 'no' },
};

function processLines(at: Given): string {
  if (at.running === false) return '';
  const status = {
    Name: 'agent',
    Uid: '1000\t1000\t1000\t1000',
    Gid: '1000\t1000\t1000\t1000',
    CapInh: '0000000000000000',
    CapPrm: '0000000000000000',
    CapEff: '0000000000000000',
    CapBnd: '00000000a80425fb',
    CapAmb: '0000000000000000',
    NoNewPrivs: '1',
    Seccomp: '2',
    ...at.kernel,
  };
  const lines = Object.entries(status).map(([name, each]) => `${name}:\t${each}`);
  const all = [...lines, 'Max open files            1024                 524288               files     '];
  return `proc|${pidOf(at)}|${idOf(at)}\n${all.map((line) => `kernel|${pidOf(at)}|${line}\n`).join('')}`;
}
