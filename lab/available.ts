import { existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cgroupRoot } from './cgroup.ts';
import { machinePackages } from './packages.ts';
import { cache } from './paths.ts';

const OVERLAYFS = 0x794c7630;

/** Null when the lab can run here, else the one-line reason. Quick: it starts nothing and installs nothing. */
export function available(): string | null {
  if (process.platform !== 'linux') return 'the lab needs Linux: it boots hosts with systemd-nspawn';
  if (process.getuid?.() !== 0) return 'the lab needs root: it mounts, makes network devices and boots containers';
  if (cgroupRoot() === null) return 'the lab needs a mounted cgroup2 hierarchy';
  if (!/\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8'))) return 'the lab needs overlayfs in the kernel';
  if (/[:,\s\\]/.test(cache)) return `the lab cannot use ${cache}: no colon, comma, space or backslash, please`;
  mkdirSync(cache, { recursive: true });
  if (statfsSync(cache).type === OVERLAYFS) {
    return `the lab cannot use ${cache}: it is on an overlay; set FLEET_AUDIT_LAB_DIR to a folder on a real disk`;
  }
  const missing = missingPackages();
  if (missing.length > 0 && !existsSync('/usr/bin/apt-get')) return `the lab needs: ${missing.join(', ')}`;
  return null;
}

export function missingPackages(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/sbin');
  const missing = Object.entries(machinePackages).filter(
    ([program]) => !folders.some((folder) => existsSync(join(folder, program))),
  );
  return [...new Set(missing.map(([, name]) => name))];
}
