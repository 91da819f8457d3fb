import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where cgroup2 is mounted, also on machines that still have version 1 beside it. */
export function cgroupRoot(): string | null {
  return mountsOf('cgroup2')[0] ?? null;
}

/** Each host has one of its own: with a shared tree one host's systemd could stop another's services. */
export const cgroupOf = (name: string): string => join(cgroupRoot() ?? '/sys/fs/cgroup', `fleet-audit-lab-${name}`);

export async function makeCgroup(name: string): Promise<string> {
  await mkdir(cgroupOf(name));
  return cgroupOf(name);
}

/** The process that is PID 1 inside, or null while there is none. */
export async function leaderOf(name: string): Promise<number | null> {
  for (const folder of await foldersBelow(cgroupOf(name))) {
    const pids = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
    for (const pid of pids.split('\n').filter(Boolean)) if (await isInit(pid)) return Number(pid);
  }
  return null;
}

/** Ends every process of the host, and only those, whoever their parent is now; then removes the tree. */
export async function killCgroup(name: string): Promise<void> {
  const top = cgroupOf(name);
  if (existsSync(top)) await endProcesses(top);
  for (const tree of [top, ...twinsOf(name)].filter((path) => existsSync(path))) {
    for (const folder of (await foldersBelow(tree)).toReversed()) await rmdir(folder);
  }
}

async function endProcesses(cgroup: string): Promise<void> {
  await writeFile(join(cgroup, 'cgroup.kill'), '1');
  for (let turn = 0; await isPopulated(cgroup); turn += 1) {
    if (turn === 1000) throw new Error(`lab: the processes of ${cgroup} do not end`);
    await sleep(10);
  }
}

/** A cgroup that another teardown removed in the meantime has nobody in it either. */
async function isPopulated(cgroup: string): Promise<boolean> {
  const events = await readFile(join(cgroup, 'cgroup.events'), 'utf8').catch(() => '');
  return events.includes('populated 1');
}

/** Where version 1 is mounted too, systemd-nspawn makes an empty tree of the same name in it. */
function twinsOf(name: string): string[] {
  return mountsOf('cgroup').map((path) => join(path, basename(cgroupOf(name))));
}

/** Parents before their children. */
async function foldersBelow(top: string): Promise<string[]> {
  const entries = await readdir(top, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => foldersBelow(join(top, entry.name))),
  );
  return [top, ...below.flat()];
}

function mountsOf(type: string): string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts.map((line) => line.split(' ')).flatMap(([, path = '', kind]) => (kind === type ? [path] : []));
}

async function isInit(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  // systemd-nspawn's own child is PID 1 too until it executes systemd: its mounts and devices are not complete then.
  return /^Name:\tsystemd$/m.test(status) && /^NSpid:\t\d+\t1$/m.test(status);
}
