/** By bit, capabilities(7). */
const names = [
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST',
  'NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE',
  'SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND',
  'AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE',
].flatMap((line) => line.split(' '));

/** What Docker gives to every container (moby, oci/caps/defaults.go). */
const usual = new Set([
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
]);

/** Those of a list that Docker does not give by itself; giving back what `cap_drop: ALL` took is no addition. */
export function beyondUsual(asked: string[]): string[] {
  return asked.map((each) => each.toUpperCase().replace(/^CAP_/, '')).filter((each) => !usual.has(each));
}

/** The same for the kernel's bits. */
export function beyondUsualBits(bits: bigint): string[] {
  const length = Math.max(names.length, bits.toString(2).length);
  const set = Array.from({ length }, (_, bit) => bit).filter((bit) => (bits >> BigInt(bit)) & 1n);
  return set.map((bit) => names[bit] ?? `capability ${bit}`).filter((each) => !usual.has(each));
}
