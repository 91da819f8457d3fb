import type { Entry, KeyFile } from './parse.ts';

/** A key as a record of the fact `keys`. */
export function keyRecord({ where, options, key }: Entry): Record<string, unknown> {
  const { fingerprint, comment, type, bits } = key!;
  return {
    name: `${type} key ${fingerprint} (${comment}) in ${where}`,
    fingerprint,
    type,
    bits,
    options: options.map((each) => each.split('=')[0]),
    weak: (type.startsWith('RSA') && bits < 3072) || type.startsWith('DSA'),
    authority: options.includes('cert-authority'),
  };
}

/** Keys that give a shell to whoever holds them. A bound command gives none, and certificates are not keys here. */
export function waysIn(files: KeyFile[], now: string): Entry[] {
  const read = files
    .filter((each) => each.strict && each.readable && each.stat?.type === 'file')
    .flatMap((each) => each.entries);
  return read.filter(({ key, options }) => {
    if (!key || key.type.endsWith('-CERT')) return false;
    return !options.some((each) => each === 'command' || each === 'cert-authority' || isExpired(each, now));
  });
}

/** YYYYMMDD[HHMM[SS]], taken as UTC: at most half a day off on a host with another zone (sshd(8)). */
function isExpired(option: string, now: string): boolean {
  const time = /^expiry-time=(\d+)/.exec(option)?.[1];
  return time !== undefined && time.padEnd(14, '0') <= now;
}
