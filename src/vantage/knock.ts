import { connect } from 'node:net';

/** What one TCP connection attempt met; anything else than the three is an error of this machine: `EMFILE`. */
export type Knocked = 'open' | 'closed' | 'filtered' | `E${string}`;

/** Long enough for three SYNs: the kernel repeats them after 1 and 3 seconds (RFC 6298). */
export const patient = 3600;

const meanings: Record<string, Knocked> = {
  ECONNREFUSED: 'closed',
  ECONNRESET: 'closed',
  EHOSTUNREACH: 'filtered',
  ETIMEDOUT: 'filtered',
};

/**
 * Tries one port. An open one is left with a reset at once: sshd then has nobody to log, and fail2ban nobody to count.
 */
export function knock(address: string, port: number, ms: number, signal?: AbortSignal): Promise<Knocked> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (met: Knocked) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      // On a socket that is not connected, resetAndDestroy would wait until it is.
      if (met === 'open') socket.resetAndDestroy();
      else socket.destroy();
      resolve(met);
    };
    const stop = () => end('EINTR');
    const timer = setTimeout(() => end('filtered'), ms);
    signal?.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => end('open'));
    socket.on('error', ({ code = 'EUNKNOWN' }: NodeJS.ErrnoException) => end(meanings[code] ?? (code as Knocked)));
  });
}
