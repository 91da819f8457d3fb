import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything the lab keeps is below this folder; removing it (after `down`) leaves no trace. */
export const cache =
  process.env['FLEET_AUDIT_LAB_DIR'] || join(process.env['HOME'] || homedir(), '.cache/fleet-audit-lab');

export const images = join(cache, 'images');
export const layers = join(cache, 'layers');
export const hosts = join(cache, 'hosts');
export const locks = join(cache, 'locks');
export const identity = join(cache, 'keys/id_ed25519');

export const hostFolder = (name: string): string => join(hosts, name);
/** A file that stands beside this module. */
export const beside = (file: string): string => new URL(file, import.meta.url).pathname;
