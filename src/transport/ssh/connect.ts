import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { TransportOptions } from '../options.ts';
import type { TimeLimit } from '../time-limit.ts';
import type { HostSettings } from './config.ts';
import { dial, dialThrough } from './dial.ts';
import { shareGateway } from './gateway.ts';
import { handshake, type Login } from './handshake.ts';
import { Dropped } from './handshake-failure.ts';
import { checkHostKey } from './host-key.ts';
import { keyLogin } from './key-login.ts';
import type { Peer } from '../transport.ts';
import type { Route } from './route.ts';

/** A login that is up. */
export interface Link {
  client: Client;
  peer: Peer;
  close(): void;
}

export interface Connecting {
  options: TransportOptions;
  time: TimeLimit;
  /** Called for every login that a host granted, jump hosts included. */
  onLogin: () => void;
}

/**
 * Connects over all hops, with every hop's host key verified.
 * @throws {Failure} the first thing that went wrong
 */
export async function connect(route: Route, how: Connecting, createLogin = keyLogin): Promise<Link> {
  const settings = route.at(-1)!;
  const login = await createLogin(settings, how.options);
  const before = route.slice(0, -1);
  if (before.length === 0) return retry(how.time, () => open(settings, login, how, () => dial(settings, how.time)));
  const gateway = await shareGateway(how.options, before, () => connect(before as unknown as Route, how));
  try {
    const through = () => dialThrough(gateway.client, before.at(-1)!, settings, how.time);
    const link = await retry(how.time, () => open(settings, login, how, through));
    return {
      client: link.client,
      peer: 'behind a jump host',
      close: () => [link, gateway].forEach((each) => each.close()),
    };
  } catch (error) {
    gateway.close();
    throw error;
  }
}

async function open(
  settings: HostSettings,
  login: Login,
  { options, time, onLogin }: Connecting,
  reach: () => ReturnType<typeof dialThrough>,
): Promise<Link> {
  const socket = await reach();
  const client = await handshake(socket, settings, checkHostKey(settings, options.acceptNewHostKey), login, time);
  onLogin();
  return { client, peer: peerOf(socket), close: () => close(client, socket) };
}

/** An IPv4 address that a socket for both families reports as `::ffff:192.0.2.1` is written the usual way. */
function peerOf(socket: Duplex): Peer {
  if (!(socket instanceof Socket) || !socket.remoteAddress) return 'behind a jump host';
  return { address: socket.remoteAddress.replace(/^::ffff:(?=[0-9.]+$)/i, ''), port: socket.remotePort! };
}

/** A host that hung up before the handshake has seen no login, so asking again bans nobody. */
async function retry<T>(time: TimeLimit, attempt: () => Promise<T>): Promise<T> {
  for (const upTo of [500, 1500, 4000]) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Dropped)) throw error;
      await pause(upTo / 2 + (Math.random() * upTo) / 2, time);
    }
  }
  return attempt();
}

/** Ends early when the time is up; the attempt after it then fails by itself. */
function pause(ms: number, time: TimeLimit): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      off();
      resolve();
    }, ms);
    const off = time.onEnd(end);
  });
}

/** Says goodbye without waiting for the answer: a round trip that nobody needs must not keep the program alive. */
function close(client: Client, socket: Duplex): void {
  client.end();
  if (socket instanceof Socket) socket.unref();
  const last = setTimeout(() => client.destroy(), 1000).unref();
  client.once('close', () => clearTimeout(last));
}
