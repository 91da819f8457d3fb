import type { Duplex } from 'node:stream';
import type { AnyAuthMethod, Client } from 'ssh2';
import { Failure } from '../failure.ts';
import type { TimeLimit } from '../time-limit.ts';
import type { HostSettings } from './config.ts';
import type { HostKeyCheck } from './host-key.ts';
import { handshakeFailure } from './handshake-failure.ts';
import { loadSsh2 } from './ssh2.ts';

/** How a login goes on: the next method, or false to give up. `offered` is what the host allows, null at first. */
export interface Login {
  next(offered: string[] | null, partial: boolean): AnyAuthMethod | false;
  /** What was not good enough, when the host has refused everything. */
  refused(): Failure;
}

/**
 * Key exchange, host key and login over an open connection. Nothing of ours leaves before the host key was judged.
 * @throws {Failure} the first thing that went wrong; a Dropped is worth another try
 */
export async function handshake(
  socket: Duplex,
  settings: HostSettings,
  hostKey: HostKeyCheck,
  login: Login,
  time: TimeLimit,
): Promise<Client> {
  const ssh2 = await loadSsh2();
  const client = new ssh2.Client();
  const state = { verified: false, hostKey: null as Failure | null };
  return new Promise((resolve, reject) => {
    const fail = (failure: Failure) => {
      off();
      client.destroy();
      socket.destroy();
      reject(failure);
    };
    const off = time.onEnd(fail);
    // ssh2 reports several errors for one cause, and more after the end: the first one counts, nobody may crash on the rest
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level !== 'agent') fail(state.hostKey ?? handshakeFailure(error, settings, state.verified, login));
    });
    client.on('close', () => fail(handshakeFailure(new Error('closed'), settings, state.verified, login)));
    client.once('ready', () => {
      off();
      resolve(client);
    });
    client.connect({
      sock: socket,
      username: settings.user,
      readyTimeout: settings.connectSeconds * 1000,
      keepaliveInterval: 5000,
      keepaliveCountMax: 3,
      // ssh-rsa, with SHA-1, is among the defaults of ssh2
      algorithms: { serverHostKey: hostKey.algorithms as never },
      hostVerifier: (key: Buffer) => {
        state.hostKey = hostKey.judge(key);
        state.verified = state.hostKey === null;
        return state.verified;
      },
      // the first call has nothing offered: asking with `none` would cost a round trip and a line in the host's log
      authHandler: (offered, partial, next) => next(login.next(offered as string[] | null, partial ?? false) as never),
    });
  });
}
