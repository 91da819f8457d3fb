import type { Container } from '../docker/containers.ts';
import type { HostMount, Mounts } from './mounts.ts';
import { isWithin } from './places.ts';

/** Names and resolver of a container; one that shares another's network has those of the other. */
const files = /\/containers\/[0-9a-f]{64}\/(hosts|hostname|resolv\.conf)$/;

/** Where Docker mounts the kernel's own file systems, hides parts of them or makes them read-only; nowhere else. */
const points = [
  /^\/proc(\/(acpi|asound|bus|fs|interrupts|irq|kcore|keys|latency_stats|sched_debug|scsi|sys|sysrq-trigger|timer_list|timer_stats))?$/,
  /^\/sys(\/firmware|\/fs\/cgroup(\/[^/]+)?|\/devices\/virtual\/powercap|\/devices\/system\/cpu\/cpu\d+\/thermal_throttle)?$/,
  /^\/dev(\/(pts|shm|mqueue|console|null|zero|full|random|urandom|tty))?$/,
];
const kernels = new Set(['proc', 'sysfs', 'cgroup', 'cgroup2', 'tmpfs', 'devpts', 'mqueue', 'devtmpfs']);

/** A container's own, made for it and empty, and layers of a container that has ended: they lead nowhere. */
const empty = new Set(['tmpfs', 'devpts', 'mqueue', 'overlay']);

/**
 * What of the host a running container sees, without what Docker itself lays into each. What is below a mount that was asked for is
 * never Docker's. Null: the kernel shows less than Docker has mounted, or a part of the host that has no place there (any more).
 */
export function mountsOf({ id, mounts }: Container, seen: Mounts): HostMount[] | null {
  const all = seen.of.get(id);
  if (!all) return null;
  const declared = mounts.filter(({ type }) => type !== 'tmpfs');
  const rest = all.filter(
    (each) =>
      !isLaid(
        each,
        mounts.map(({ destination }) => destination),
      ),
  );
  return rest.length < declared.length || rest.some(({ paths }) => paths.length === 0) ? null : rest;
}

function isLaid({ inside, paths, type }: HostMount, asked: string[]): boolean {
  if (paths.some((path) => files.test(path))) return !asked.includes(inside);
  const below = asked.some((each) => isWithin(inside, each));
  if (paths.length === 0) return !below || empty.has(type ?? '');
  return !below && kernels.has(type ?? '') && points.some((point) => point.test(inside));
}
