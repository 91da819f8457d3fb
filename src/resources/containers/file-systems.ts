import { isWithin } from './places.ts';
import type { HostMount } from './mounts.ts';

/** The kernel's own insides, and what is a view of other directories. */
const host = new Set(
  'proc sysfs devtmpfs cgroup cgroup2 debugfs tracefs securityfs configfs bpf efivarfs pstore binfmt_misc rpc_pipefs overlay'.split(
    ' ',
  ),
);

/** What holds nothing but what was put there; nsfs is the handle of a namespace, into which nothing is written. */
const plain = new Set(
  'ext2 ext3 ext4 xfs btrfs zfs f2fs jfs bcachefs vfat exfat ntfs3 tmpfs ramfs hugetlbfs mqueue devpts squashfs erofs iso9660 udf nsfs'.split(
    ' ',
  ),
);

/** Whether a file system is the host's own by its nature, wherever it is mounted: a volume can be a new /proc. Null: nobody knows. */
export function isHosts({ type, paths }: HostMount): boolean | null {
  // What lies in /dev is judged by its name.
  if (type === null || plain.has(type) || paths.some((path) => isWithin(path, '/dev'))) return false;
  return host.has(type) || null;
}
