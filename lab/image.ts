import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKey } from './keys.ts';
import { withLock } from './lock.ts';
import { accessOptions, sourcesFor } from './mirror.ts';
import { packagesOf } from './packages.ts';
import { beside, images } from './paths.ts';
import { must } from './run.ts';
import type { Release } from './types.ts';

const CODENAME: Record<Release, string> = { debian12: 'bookworm', debian13: 'trixie' };

/** The read-only root that every host of a release is an overlay of. Built when its recipe has changed. */
export async function baseImage(release: Release): Promise<string> {
  const key = await publicKey();
  const script = await readFile(beside('base.sh'), 'utf8');
  const path = join(images, `${release}-${digest(release, packagesOf(release).join(), script, key, week())}`);
  if (existsSync(path)) return path;
  await withLock(`image-${release}`, async () => {
    if (!existsSync(path)) await build(release, path, script, key);
  });
  return path;
}

/** Whether security updates are pending is judged by date, so a host must not grow old in the cache. */
function week(): string {
  return String(Math.floor(Date.now() / (7 * 24 * 3600 * 1000)));
}

/** The cache key of what a recipe makes. */
export function digest(...recipe: string[]): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

async function build(release: Release, path: string, script: string, key: string): Promise<void> {
  const codename = CODENAME[release];
  const unfinished = `${path}.new`;
  await must('rm', ['-rf', '--one-file-system', unfinished]);
  await mkdir(images, { recursive: true, mode: 0o700 });
  await must('mmdebstrap', [
    '--quiet',
    '--mode=root',
    '--variant=minbase',
    '--skip=cleanup/apt/lists', // so that `apt-get -s dist-upgrade` has something to say without a network
    `--include=${packagesOf(release).join()}`,
    ...(await accessOptions()),
    codename,
    unfinished,
    ...(await sourcesFor(codename)),
  ]);
  await must('chroot', [unfinished, '/bin/sh', '-s', key], script);
  await rename(unfinished, path);
}
