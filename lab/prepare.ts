import { available, missingPackages } from './available.ts';
import { lowersOf } from './layers.ts';
import { withLock } from './lock.ts';
import { must, run } from './run.ts';
import { RELEASES } from './types.ts';

/** Makes everything that `boot` needs for every release and layer. Quick when it is there already. */
export async function prepare(): Promise<void> {
  await prepareMachine();
  await Promise.all(RELEASES.map((release) => lowersOf(release, 'hardened')));
}

/** Installs the Debian packages that the lab itself needs. */
export async function prepareMachine(): Promise<void> {
  const reason = available();
  if (reason !== null) throw new Error(reason);
  if (missingPackages().length > 0) await install();
}

async function install(): Promise<void> {
  // Locks are flock(1)'s, from util-linux, which no Debian is without.
  await withLock('machine', async () => {
    const options = ['-q', '-y', '--no-install-recommends', 'install', ...missingPackages()];
    const first = await run('apt-get', options);
    if (first.code === 0) return;
    await must('apt-get', ['-q', 'update']); // a fresh machine has no package lists
    await must('apt-get', options);
  });
}
