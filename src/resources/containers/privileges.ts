import type { Container } from '../docker/containers.ts';
import type { HostConfig } from '../docker/host-config.ts';
import { attempt, parseRecord, type Json } from '../docker/shape.ts';
import { value, type Told } from '../said.ts';
import { beyondUsual, beyondUsualBits } from './capabilities.ts';

/** What a container has beyond a plain one: what it was made with, and what its processes have beside that. */
export function privileges(container: Container): Record<string, Told> {
  const { host, running } = container;
  const note = running ? undefined : container.status;
  return {
    privileged: value(host.privileged, note),
    added_capabilities: value(capabilities(container), note),
    host_namespaces: value(namespaces(container), note),
    unconfined: value(unconfined(container), note),
    devices: value(devices(container), note),
  };
}

function capabilities({ host, processes }: Container): string[] {
  if (host.privileged) return ['ALL'];
  const had = (processes ?? []).flatMap((each) => beyondUsualBits(each.capabilities));
  return unique([...beyondUsual(host.capAdd), ...had]);
}

/** The network has a control of its own. */
function namespaces({ host }: Container): string[] {
  const { pidMode: pid, ipcMode: ipc, utsMode: uts, usernsMode: user, cgroupnsMode: cgroup } = host;
  return Object.entries({ pid, ipc, uts, user, cgroup }).flatMap(([name, mode]) => (mode === 'host' ? [name] : []));
}

/** What the kernel does not hold back; seccomp is off for a process when its status says 0. */
function unconfined({ host, appArmor, processes }: Container): string[] {
  const asked = host.securityOpt.map((each) => each.replace(/^([a-z-]+):/, '$1=')).flatMap(loosened);
  const open = (processes ?? []).some(({ seccomp }) => seccomp === 0) ? ['seccomp'] : [];
  const armor = appArmor === 'unconfined' ? ['apparmor'] : [];
  return unique([...asked, ...open, ...armor, ...(isHidden(host) ? [] : ['systempaths'])]);
}

/** What every Docker since 20.10 hides or makes read-only and kernels have; newer ones hide more. */
const masked =
  '/proc/acpi /proc/asound /proc/kcore /proc/keys /proc/latency_stats /proc/timer_list /proc/scsi /sys/firmware';
const readonly = '/proc/bus /proc/fs /proc/irq /proc/sys /proc/sysrq-trigger';

function isHidden({ maskedPaths, readonlyPaths }: HostConfig): boolean {
  const out = new Set([...maskedPaths, ...readonlyPaths]);
  return (
    masked.split(' ').every((path) => maskedPaths.includes(path)) && readonly.split(' ').every((path) => out.has(path))
  );
}

function loosened(option: string): string[] {
  const [name, setting] = option.split(/=(.*)/s) as [string, string?];
  if (setting === 'unconfined') return [name];
  if (name === 'label' && setting === 'disable') return ['label'];
  if (name !== 'seccomp' || !setting?.startsWith('{')) return [];
  const profile = attempt(() => parseRecord(setting));
  return /^SCMP_ACT_(ERRNO|KILL|KILL_PROCESS|KILL_THREAD|TRAP)$/.test(String(profile?.['defaultAction']))
    ? []
    : ['seccomp'];
}

function devices({ host }: Container): string[] {
  const paths = host.devices.map((each) => String(each['PathOnHost']));
  const rules = host.deviceCgroupRules.map((each) => `rule ${each}`);
  return unique([...paths, ...rules, ...host.deviceRequests.map(requested)]);
}

function requested(request: Json): string {
  return `devices of ${String(request['Driver']) || 'a driver'}`;
}

function unique(words: string[]): string[] {
  return [...new Set(words)];
}
