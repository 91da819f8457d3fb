import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext, type ClientInfo, type Connection, type ServerChannel } from 'ssh2';
import type { TransportOptions } from '../../src/transport/index.ts';

/** Keys and client configuration for hosts that live in this process. */
export interface Place {
  folder: string;
  hostKey: string;
  hostLine: string;
  close(): void;
}

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'fa-ssh-'));
  for (const name of ['host', 'other', 'user', 'stranger']) keygen(join(folder, name), '');
  keygen(join(folder, 'locked'), 'secret');
  const hostLine = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  return {
    folder,
    hostKey: readFileSync(join(folder, 'host'), 'utf8'),
    hostLine,
    close: () => rmSync(folder, { recursive: true }),
  };
}

function keygen(path: string, passphrase: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', path]);
}

/** Client settings that know the host at this port. */
export function settingsFor(place: Place, port: number, more = '', known = place.hostLine): TransportOptions {
  const path = join(place.folder, `config-${port}-${Math.random()}`);
  writeFileSync(`${path}-known`, known && `[127.0.0.1]:${port} ${known}\n`);
  writeFileSync(
    path,
    `Host h\n HostName 127.0.0.1\n Port ${port}\n User someone\n IdentityFile ${place.folder}/user\n IdentityAgent none\n ConnectTimeout 2\n` +
      ` UserKnownHostsFile ${path}-known\n GlobalKnownHostsFile none\n${more}`,
  );
  return { sshConfigFile: path, acceptNewHostKey: false, askPassphrase: async () => null };
}

export interface FakeHost {
  port: number;
  connections: number;
  attempts: string[];
  execs: string[];
  close(): void;
}

export interface Behaviour {
  /** Default: the key `user` gets in. */
  authenticate?: (context: AuthContext) => void;
  /** Default: runs the command with this machine's sh. */
  exec?: (channel: ServerChannel, command: string, connection: Connection, nth: number) => void;
  /** Called for each TCP connection; true when it was dealt with. */
  intercept?: (socket: Socket, nth: number) => boolean;
}

/** An SSH server in this process that does as it is told. */
export async function fakeHost(place: Place, behaviour: Behaviour = {}): Promise<FakeHost> {
  const known = ssh2.utils.parseKey(readFileSync(join(place.folder, 'user.pub')));
  const userKey = (known as { getPublicSSH(): Buffer }).getPublicSSH();
  const host: FakeHost = { port: 0, connections: 0, attempts: [], execs: [], close: () => {} };
  const sockets = new Set<Socket>();
  const server = new ssh2.Server({ hostKeys: [place.hostKey] }, (connection: Connection, _info: ClientInfo) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      host.attempts.push(context.method === 'publickey' && context.signature ? 'publickey signed' : context.method);
      if (behaviour.authenticate) return behaviour.authenticate(context);
      if (context.method === 'publickey' && context.key.data.equals(userKey)) context.accept();
      else context.reject(['publickey', 'keyboard-interactive']);
    });
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        host.execs.push(command);
        const run = behaviour.exec ?? runHere;
        run(acceptExec(), command, connection, host.execs.length);
      });
    });
    connection.on('tcpip', (accept, _reject, { destPort }) => forward(accept(), destPort));
  });
  const net = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    host.connections++;
    if (!behaviour.intercept?.(socket, host.connections)) server.injectSocket(socket);
  });
  host.port = await listen(net);
  host.close = () => {
    net.close();
    for (const socket of sockets) socket.destroy();
  };
  return host;
}

export function runHere(channel: ServerChannel, command: string): void {
  const child = spawn('sh', ['-c', command], {
    env: { PATH: process.env.PATH, SSH_CONNECTION: '192.0.2.7 1 192.0.2.8 22' },
  });
  channel.pipe(child.stdin);
  child.stdin.on('error', () => {});
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('close', (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}

function forward(channel: ServerChannel, port: number): void {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => channel.close());
  channel.pipe(socket).pipe(channel);
}

export async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}
