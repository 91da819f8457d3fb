import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { library } from './shell.ts';

export const defaultTimeoutSeconds = 10;
export const defaultMaxBytes = 1024 * 1024;

export interface ScriptOptions {
  /** Random per run: nothing that the host prints by itself can look like a frame. */
  nonce: string;
  /** Seconds after which everything still running is killed. */
  totalSeconds: number;
  /** Answer on stdout directly, one probe after the other, without any file on the host. */
  stream?: boolean;
}

/**
 * The POSIX sh script that asks every probe and prints one FA1 frame (`shell.ts` writes it, `frame.ts` reads it; as a
 * stream, `stream.ts` does). Probes are known by their place in `probes`, from 1.
 */
export function generate(probes: readonly HostProbe[], { nonce, totalSeconds, stream = false }: ScriptOptions): string {
  if (!/^[0-9a-f]{24}$/.test(nonce)) throw new TypeError('a nonce is 24 hexadecimal digits');
  const jobs = longestFirst(probes.map((probe, index) => ({ probe, id: index + 1 })));
  const values: Record<string, string> = {
    '@NONCE@': nonce,
    '@TOTAL@': String(Math.max(1, Math.ceil(totalSeconds))),
    '@BASES@': stream ? '' : '/dev/shm /run /tmp /var/tmp',
  };
  const text = library.replace(/@[A-Z]+@/g, (name) => values[name] ?? name);
  return text.replace('@jobs@', () => jobs.map(({ probe, id }) => job(id, probe)).join('\n'));
}

/** Bytes of one stream after which the host stops a probe: RLIMIT_FSIZE is set in blocks of 512. */
export function capOf(probe: HostProbe): number {
  return Math.max(1, Math.floor((probe.maxBytes ?? defaultMaxBytes) / 512)) * 512;
}

export function timeoutOf(probe: HostProbe): number {
  return Math.max(1, Math.ceil(probe.timeoutSeconds ?? defaultTimeoutSeconds));
}

/** Lanes take the next probe when they are free, so a slow one that starts last would be waited for alone. */
function longestFirst<T extends { probe: HostProbe }>(jobs: T[]): T[] {
  return jobs.sort((a, b) => timeoutOf(b.probe) - timeoutOf(a.probe));
}

function job(id: number, probe: HostProbe): string {
  return `fa_run ${id} ${timeoutOf(probe)} ${capOf(probe) / 512} ${quote(probe.run)}`;
}
