import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killCgroup } from './cgroup.ts';
import { withLock } from './lock.ts';
import { disconnect } from './network.ts';
import { hostFolder } from './paths.ts';
import { must, run } from './run.ts';
import { hostNames, isLeftover } from './state.ts';

/** Removes a host in whatever state it is: each step leaves alone what is not there. */
export async function remove(name: string): Promise<void> {
  await killCgroup(name);
  await disconnect(name);
  await unmount(join(hostFolder(name), 'root'));
  for (const kind of ['propagate', 'unix-export']) {
    await rm(join('/run/systemd/nspawn', kind, name), { recursive: true, force: true });
  }
  // A mount that was overlooked must never be emptied.
  await must('rm', ['-rf', '--one-file-system', hostFolder(name)]);
}

/** Removes what runs that were killed left behind. The caller holds the lock `hosts`. */
export async function sweep(): Promise<void> {
  for (const name of await hostNames()) if (await isLeftover(name)) await remove(name);
}

/** Removes every host of this cache folder, running or not. */
export async function down(): Promise<void> {
  await withLock('hosts', async () => {
    for (const name of await hostNames()) await remove(name);
  });
}

async function unmount(path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (let turn = 0; (await readFile('/proc/self/mounts', 'utf8')).includes(` ${path} `); turn += 1) {
    // The namespaces of a host that was just killed hold on to it for a moment.
    await run('umount', turn < 100 ? [path] : ['--lazy', path]);
    await sleep(20);
  }
}
