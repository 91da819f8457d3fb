import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { gather, type Run, type RunOptions } from '../batch/run.ts';
import { Failure } from '../failure.ts';
import type { TimeLimit } from '../time-limit.ts';

/**
 * Runs one command over a login.
 * @throws {Failure} lost when the connection broke before the command ended, timeout, shell when the host runs none
 */
export async function execute(client: Client, where: string, command: string, options: RunOptions, time: TimeLimit): Promise<Run> {
  const channel = await openChannel(client, where, command, time);
  return new Promise((resolve, reject) => {
    let ended: { code: number | null } | undefined;
    const tooMuch = () => {
      ended ??= { code: null };
      channel.close();
    };
    const [stdout, stderr] = [channel, channel.stderr].map((stream) => gather(stream, options.limit, tooMuch));
    const end = (failure?: Failure) => {
      off();
      client.off('close', onClose);
      if (failure) reject(failure);
      else if (ended) resolve({ stdout: stdout!(), stderr: stderr!(), code: ended.code });
      else reject(lost(where));
    };
    const onClose = () => end();
    const off = time.onEnd((failure) => {
      client.destroy();
      end(failure);
    });
    channel.on('exit', (code: number | null) => (ended ??= { code }));
    channel.on('close', onClose);
    channel.on('error', () => {}); // a write to a command that is gone: its missing frame tells
    client.once('close', onClose);
    channel.end(options.input);
  });
}

/** A session slot of the host is free only a moment after the channel before was closed (MaxSessions). */
async function openChannel(client: Client, where: string, command: string, time: TimeLimit): Promise<ClientChannel> {
  for (const wait of [5, 50, 500]) {
    const channel = await tryOpen(client, where, command, time);
    if (channel) return channel;
    await sleep(wait);
  }
  throw new Failure('shell', `${where} opens no session for a command`, 'is MaxSessions 0 in its sshd_config?');
}

function tryOpen(client: Client, where: string, command: string, time: TimeLimit): Promise<ClientChannel | null> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      off();
      client.off('close', onClose);
      settle();
    };
    const onClose = () => end(() => reject(lost(where)));
    const off = time.onEnd((failure) => end(() => reject(failure)));
    client.once('close', onClose);
    try {
      client.exec(command, (error, channel) => end(() => (error ? onError(error) : resolve(channel))));
    } catch {
      end(() => reject(lost(where))); // ssh2 throws when the connection is gone
    }
    const onError = (error: Error & { reason?: unknown }) => {
      if (error.reason !== undefined) return resolve(null);
      reject(new Failure('shell', `${where} refuses to run a command: ${error.message}`, 'does the login allow commands (ForceCommand, restricted keys)?'));
    };
  });
}

function lost(where: string): Failure {
  return new Failure('lost', `network: the connection to ${where} broke before the answer was complete`, 'run it again; is the network stable?');
}
