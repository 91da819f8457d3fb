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

/** How to end what is under way. A set, for listeners on one signal are searched one by one, and there are thousands. */
export type Live = Set<() => void>;

/**
 * Tries one port. An open one is left with a reset at once: sshd then has nobody to log, and fail2ban nobody to count.
 */
export function knock(address: string, port: number, ms: number, live: Live): Promise<Knocked> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (met: Knocked) => {
      clearTimeout(timer);
      live.delete(stop);
      // On a socket that is not connected, resetAndDestroy would wait until it is.
      if (met === 'open') socket.resetAndDestroy();
      else socket.destroy();
      resolve(met);
    };
    const stop = () => end('EINTR');
    // On a busy machine the time is up before the answer, which has long been there, is looked at: after that, then.
    const timer = setTimeout(() => setImmediate(() => end('filtered')), ms);
    live.add(stop);
    socket.once('connect', () => end('open'));
    socket.on('error', ({ code = 'EUNKNOWN' }: NodeJS.ErrnoException) => end(meanings[code] ?? (code as Knocked)));
  });
}
