import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killCgroup } from './cgroup.ts';
import { withLock } from './lock.ts';
import { disconnect } from './network.ts';
import { hostFolder } from './paths.ts';
import { must, run } from './run.ts';
import { hostNames, isInUse, isLeftover } from './state.ts';

/** Removes a host in whatever state it is: each step leaves alone what is not there. */
export async function remove(name: string): Promise<void> {
  await halt(name);
  const folder = hostFolder(name);
  const parts = (await readdir(folder).catch(() => [])).filter((part) => part !== 'state.json');
  // The state goes last: without it another process takes the folder for a leftover. And a mount that was
  // overlooked must never be emptied.
  await must('rm', ['-rf', '--one-file-system', ...parts.map((part) => join(folder, part))]);
  await must('rm', ['-rf', '--one-file-system', folder]);
}

/** Ends a host and everything the kernel has of it; its files stay. */
export async function halt(name: string): Promise<void> {
  const root = join(hostFolder(name), 'root');
  await killCgroup(name);
  await disconnect(name);
  await forget(name, root);
  await unmount(root);
}

/** Removes what runs that were killed left behind, and nothing that somebody still uses. */
export async function sweep(): Promise<void> {
  await withLock('hosts', removeLeftovers);
}

/** The caller holds the lock `hosts`. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await hostNames()) if (await isLeftover(name)) await remove(name);
}

/** Removes every host of this cache folder, running or not, but those of a process that still needs them. */
export async function down(): Promise<void> {
  await withLock('hosts', async () => {
    for (const name of await hostNames()) if (!(await isInUse(name))) await remove(name);
  });
}

/** systemd-nspawn's own notes, which it leaves when it is killed. */
async function forget(name: string, root: string): Promise<void> {
  const notes = ['propagate', 'unix-export'].map((kind) => join(kind, name));
  if (existsSync(root)) {
    const { dev, ino } = await stat(root);
    notes.push(`locks/inode-${dev}:${ino}`);
  }
  for (const note of notes) await rm(join('/run/systemd/nspawn', note), { recursive: true, force: true });
}

async function unmount(path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (let turn = 0; (await readFile('/proc/self/mounts', 'utf8')).includes(` ${path} `); turn += 1) {
    // The namespaces of a host that was just killed hold on to it for a moment.
    await run('umount', turn < 100 ? [path] : ['--lazy', path]);
    await sleep(20);
  }
}
