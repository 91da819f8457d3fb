/**
 * What a parameter is when nothing assigns it: a number of the kernel's source; or it can be read in a fresh network
 * namespace, which starts with it (verified with 4096 and 2048 there after other values were set on the host); or systemd
 * raises it to the largest number at every boot (bump_file_max_and_nr_open() of systemd 240 and later).
 */
export const defaults: Readonly<Record<string, number | 'fresh-namespace' | 'raised-by-systemd'>> = {
  'vm/swappiness': 60, // mm/vmscan.c
  'net/core/somaxconn': 'fresh-namespace',
  'net/ipv4/tcp_max_syn_backlog': 'fresh-namespace',
  'fs/file-max': 'raised-by-systemd',
};

/** LONG_MAX, to which systemd raises fs.file-max. */
export const largest = '9223372036854775807';
