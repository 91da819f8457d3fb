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
  const bare = await layerOn([await baseImage(release)], release, 'bare', 'fleet.sh');
  return layer === 'bare' ? bare : layerOn(bare, release, 'hardened', 'harden.sh');
}

/** Runs a script once on a host that is booted on top of `lowers`: what it changed on the disk is one more layer. */
async function layerOn(lowers: string[], release: Release, layer: Layer, script: string): Promise<string[]> {
  const text = await readFile(beside(script), 'utf8');
  const path = join(layers, `${release}-${layer}-${digest(lowers.map((lower) => basename(lower)).join(), text)}`);
  if (!existsSync(path)) {
    await withLock(`layer-${release}`, async () => {
      if (existsSync(path)) return;
      await make(release, lowers, script, text, path);
      await prune(release, [path, ...lowers]);
    });
  }
  return [path, ...lowers];
}

async function make(release: Release, lowers: string[], script: string, text: string, path: string): Promise<void> {
  const { name } = await start({ release, layer: 'bare' }, lowers);
  try {
    const { code, stderr } = await inside(name, 'exec /bin/sh -s', text);
    if (code !== 0) throw new Error(`lab: ${script} ended with ${code} on ${release}:\n${stderr}`);
    await inside(name, forgetThisRun);
    const upper = join(hostFolder(name), 'upper');
    await mkdir(layers, { recursive: true, mode: 0o700 });
    await halt(name);
    await rename(upper, path);
  } finally {
    await remove(name);
  }
}

/**
 * Logs and the random seed belong to that one run. Docker 20.10 renames two of its folders when it starts, which an
 * overlay refuses for a folder of a lower layer.
 */
const forgetThisRun = `
rm -rf /var/log/journal /var/lib/systemd/random-seed /var/lib/docker/runtimes /var/lib/docker/tmp
: > /var/log/auth.log
sync`;
