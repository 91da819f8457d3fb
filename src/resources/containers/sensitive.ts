import { isWithin } from './places.ts';

/** Who can write here is root on the host sooner or later. */
const system = [
  '/etc /root /boot /proc /sys /dev /usr /bin /sbin /lib /lib32 /lib64 /libx32 /snap',
  '/var/spool/cron /var/lib/docker /var/lib/containerd /var/lib/cloud /var/lib/dpkg /var/lib/apt /var/lib/systemd /var/lib/snapd',
  '/var/lib/polkit-1 /run/systemd /run/dbus /run/user /run/udev /run/sudo /run/tmpfiles.d /run/sysctl.d /run/netplan /run/cloud-init',
].flatMap((line) => line.split(' '));

/** What of one host is not to be written beside that. */
export interface Guarded {
  dataRoot: string;
  homes: string[];
  /** Files from which somebody starts containers. */
  files: string[];
}

/** Whether the path is, holds, or lies in, something that makes root. */
export function isSensitive(path: string, { dataRoot, homes, files }: Guarded): boolean {
  if (path === '/dev/shm' || /^\/dev\/(null|zero|full|random|urandom)$/.test(path)) return false;
  if (/^\/home(\/[^/]+)?$/.test(path) || /^\/home\/[^/]+\/\./.test(path)) return true;
  if ([...homes, ...files].some((each) => isWithin(each, path))) return true;
  if (homes.some((each) => path.startsWith(`${each}/.`))) return true;
  return [...system, dataRoot].some((each) => isWithin(path, each) || isWithin(each, path));
}
