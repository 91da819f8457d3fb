import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { locks } from './paths.ts';

/**
 * Holds a lock between processes while `work` runs. flock(1) keeps it, in a child that ends with its standard input:
 * however this process dies, the kernel frees the lock, so there is no stale lock to reason about.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(locks, { recursive: true });
  const child = spawn('flock', [join(locks, name), 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // else Ctrl-C in a terminal would free the lock before its holder is through
  });
  try {
    const [first] = await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    if (!Buffer.isBuffer(first)) throw new Error(`lab: could not take the lock ${join(locks, name)}`);
    return await work();
  } finally {
    const closed = child.exitCode === null ? once(child, 'close') : undefined;
    child.stdin.end();
    await closed;
  }
}
