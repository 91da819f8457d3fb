import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { baseImage, digest } from './image.ts';
import { inside } from './inside.ts';
import { withLock } from './lock.ts';
import { beside, hostFolder, layers } from './paths.ts';
import { prune } from './prune.ts';
import { start } from './start.ts';
import { halt, remove } from './teardown.ts';
import type { Layer, Release } from './types.ts';

/** The read-only folders of a layer, topmost first; makes what the cache has not. */
export async function lowersOf(release: Release, layer: Layer): Promise<string[]> {
  const base = await baseImage(release);
  if (layer === 'bare') return [base];
  const script = await readFile(beside('harden.sh'), 'utf8');
  const path = join(layers, `${release}-${layer}-${digest(basename(base), script)}`);
  if (!existsSync(path)) {
    await withLock(`layer-${release}`, async () => {
      if (existsSync(path)) return;
      await harden(release, base, script, path);
      await prune(release, [path, base]);
    });
  }
  return [path, base];
}

/** Hardens a booted host once; what that changed on its disk is the layer. */
async function harden(release: Release, base: string, script: string, path: string): Promise<void> {
  const { name } = await start({ release, layer: 'bare' }, [base]);
  try {
    const { code, stderr } = await inside(name, 'exec /bin/sh -s', script);
    if (code !== 0) throw new Error(`lab: harden.sh ended with ${code} on ${release}:\n${stderr}`);
    // Logs and the random seed belong to that one run.
    await inside(name, 'rm -rf /var/log/journal /var/lib/systemd/random-seed; : > /var/log/auth.log; sync');
    const upper = join(hostFolder(name), 'upper');
    await mkdir(layers, { recursive: true, mode: 0o700 });
    await halt(name);
    await rename(upper, path);
  } finally {
    await remove(name);
  }
}
