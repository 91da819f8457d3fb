import { flag, list, map, record, text, whole, type Json } from './shape.ts';

export interface Port {
  hostIp: string;
  hostPort: string;
}

/** What a container was made with. */
export interface HostConfig {
  privileged: boolean;
  capAdd: string[];
  capDrop: string[];
  securityOpt: string[];
  networkMode: string;
  pidMode: string;
  ipcMode: string;
  utsMode: string;
  usernsMode: string;
  cgroupnsMode: string;
  devices: Json[];
  deviceCgroupRules: string[];
  deviceRequests: Json[];
  /** What it asks for, by `6379/tcp`; an empty hostIp means all addresses. */
  portBindings: Record<string, Port[] | null>;
  publishAllPorts: boolean;
  logDriver: string;
  logOptions: Record<string, string>;
  /** As inspect shows them: with the daemon's present defaults mixed in, not what a running container has. */
  ulimits: { name: string; hard: number; soft: number }[];
  readonlyRootfs: boolean;
  /** What of /proc and /sys is hidden; nothing with `systempaths=unconfined`, which leaves no other trace. */
  maskedPaths: string[];
  readonlyPaths: string[];
  restart: string;
}

export function readHost(host: Json): HostConfig {
  const log = record(host['LogConfig']);
  return {
    privileged: flag(host['Privileged']),
    capAdd: list(host['CapAdd'], text),
    capDrop: list(host['CapDrop'], text),
    securityOpt: list(host['SecurityOpt'], text),
    networkMode: text(host['NetworkMode']),
    pidMode: text(host['PidMode']),
    ipcMode: text(host['IpcMode']),
    utsMode: text(host['UTSMode']),
    usernsMode: text(host['UsernsMode']),
    cgroupnsMode: text(host['CgroupnsMode']),
    devices: list(host['Devices'], record),
    deviceCgroupRules: list(host['DeviceCgroupRules'], text),
    deviceRequests: list(host['DeviceRequests'], record),
    portBindings: map(host['PortBindings'], readPorts),
    publishAllPorts: flag(host['PublishAllPorts']),
    logDriver: text(log['Type']),
    logOptions: map(log['Config'], text),
    ulimits: list(host['Ulimits'] ?? null, readUlimit),
    readonlyRootfs: flag(host['ReadonlyRootfs']),
    maskedPaths: list(host['MaskedPaths'] ?? null, text),
    readonlyPaths: list(host['ReadonlyPaths'] ?? null, text),
    restart: text(record(host['RestartPolicy'])['Name']),
  };
}

/** Null: exposed, not published. */
export function readPorts(of: unknown): Port[] | null {
  if (of === null) return null;
  return list(of, record).map((each) => ({ hostIp: text(each['HostIp']), hostPort: text(each['HostPort']) }));
}

function readUlimit(of: unknown): { name: string; hard: number; soft: number } {
  const { Name, Hard, Soft } = record(of);
  return { name: text(Name), hard: whole(Hard), soft: whole(Soft) };
}
