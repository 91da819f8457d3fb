import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroup } from './cgroup.ts';
import { hostFolder } from './paths.ts';

/** What would reach the machine itself, which has one clock, one set of modules and one memory for all of its hosts. */
export const beyond = ['sys_time', 'sys_module', 'sys_rawio', 'wake_alarm'];

/** Starts systemd in `root`, in a cgroup of its own and apart from this process, which may end before the host does. */
export async function nspawn(name: string, root: string): Promise<ChildProcess> {
  const cgroup = await makeCgroup(name);
  const log = openSync(join(hostFolder(name), 'console.log'), 'a');
  const child = spawn(
    'sh',
    ['-c', 'echo 0 > "$0/cgroup.procs" && exec systemd-nspawn "$@"', cgroup, ...options(name, root)],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    },
  );
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  return child;
}

function options(name: string, root: string): string[] {
  return [
    '--quiet',
    '--boot',
    `--directory=${root}`,
    `--machine=${name}`,
    // There may be no system bus to register with, and the cgroup is made here.
    '--register=no',
    '--keep-unit',
    '--network-veth',
    // What dockerd and runc do to make a container.
    '--capability=all',
    `--drop-capability=${beyond.map((each) => `CAP_${each.toUpperCase()}`).join()}`,
    // sudo and runc want keyrings, iptables and runc want bpf. Not @swap: a swapon inside would be the machine's.
    '--system-call-filter=@keyring bpf',
    '--console=read-only',
    // The host's zone, resolver and journal are its own.
    '--timezone=off',
    '--resolv-conf=off',
    '--link-journal=no',
    '--settings=no',
  ];
}
