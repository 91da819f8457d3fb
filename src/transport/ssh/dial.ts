import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { Failure } from '../failure.ts';
import type { TimeLimit } from '../time-limit.ts';
import type { HostSettings } from './config.ts';
import { nameOf } from './route.ts';

/**
 * A TCP connection without Nagle's algorithm, which would cost a round trip at every step of the handshake.
 * @throws {Failure} dns, refused or timeout
 */
export function dial(settings: HostSettings, time: TimeLimit): Promise<Socket> {
  const { host, port, connectSeconds } = settings;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, autoSelectFamilyAttemptTimeout: 2000 });
    const fail = (failure: Failure) => {
      clearTimeout(timer);
      off();
      socket.destroy();
      reject(failure);
    };
    const timer = setTimeout(() => fail(silent(settings)), connectSeconds * 1000);
    const off = time.onEnd(fail);
    socket.on('error', (error: NodeJS.ErrnoException) => fail(toFailure(error, settings)));
    socket.once('connect', () => {
      clearTimeout(timer);
      off();
      resolve(socket);
    });
  });
}

/**
 * The same through a jump host.
 * @throws {Failure} refused
 */
export function dialThrough(
  client: Client,
  via: HostSettings,
  settings: HostSettings,
  time: TimeLimit,
): Promise<Duplex> {
  const { host, port } = settings;
  return new Promise((resolve, reject) => {
    const off = time.onEnd(reject);
    client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
      off();
      if (!error) return resolve(stream);
      const message = `jump host ${nameOf(via)} cannot connect to ${nameOf(settings)}: ${error.message}`;
      reject(
        new Failure(
          'refused',
          message,
          'is the host up, seen from there, and does the jump host allow TCP forwarding?',
        ),
      );
    });
  });
}

function silent(settings: HostSettings): Failure {
  return new Failure(
    'timeout',
    `network: ${nameOf(settings)} did not answer within ${settings.connectSeconds} s`,
    'is the host up, is the address right, does a firewall drop the packets?',
  );
}

function toFailure(error: NodeJS.ErrnoException, settings: HostSettings): Failure {
  const { code = error.message } = error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || error.syscall === 'getaddrinfo') {
    return new Failure(
      'dns',
      `network: the name ${settings.host} cannot be resolved (${code})`,
      code === 'EAI_AGAIN' ? 'is this machine online?' : 'check the spelling, or give HostName in your ssh_config',
    );
  }
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return new Failure(
      'timeout',
      `network: there is no way to ${nameOf(settings)} (${code})`,
      'is the host up and routed from here?',
    );
  }
  const hint = 'is sshd running there, and on this port?';
  return new Failure('refused', `network: ${nameOf(settings)} refused the connection (${code})`, hint);
}
