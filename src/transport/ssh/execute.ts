import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { gather, type Run, type RunOptions } from '../batch/run.ts';
import { Failure } from '../failure.ts';
import type { TimeLimit } from '../time-limit.ts';

/**
 * Runs one command over a login.
 * @throws {Failure} lost when the connection broke before the command ended, timeout, shell when the host runs none
 */
export async function execute(
  client: Client,
  where: string,
  command: string,
  options: RunOptions,
  time: TimeLimit,
): Promise<Run> {
  for (const wait of [5, 50, 500]) {
    const run = await attempt(client, where, command, options, time);
    if (run) return run;
    await sleep(wait); // a session slot of the host is free only a moment after the channel before was closed (MaxSessions)
  }
  throw new Failure('shell', `${where} opens no session for a command`, 'is MaxSessions 0 in its sshd_config?');
}

/** null when the host opened no channel. */
function attempt(
  client: Client,
  where: string,
  command: string,
  options: RunOptions,
  time: TimeLimit,
): Promise<Run | null> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      off();
      client.off('close', onClose);
      settle();
    };
    const onClose = () => end(() => reject(lost(where)));
    const off = time.onEnd((failure) => {
      client.destroy();
      end(() => reject(failure));
    });
    client.once('close', onClose);
    try {
      client.exec(command, (error, channel) => {
        if (error) return end(() => (isNoSlot(error) ? resolve(null) : reject(refused(where, error))));
        // at once: the whole answer may be in the packet that opened the channel
        listen(channel, options, (run) => end(() => (run ? resolve(run) : reject(lost(where)))));
      });
    } catch {
      onClose(); // ssh2 throws when the connection is gone
    }
  });
}

/** Calls back with null when the channel closed and no word came of the command's end. */
function listen(channel: ClientChannel, { input, limit }: RunOptions, done: (run: Run | null) => void): void {
  let ended: { code: number | null } | undefined;
  const tooMuch = () => {
    ended ??= { code: null };
    channel.close();
  };
  const [stdout, stderr] = [channel, channel.stderr].map((stream) => gather(stream, limit, tooMuch));
  channel.on('exit', (code: number | null) => (ended ??= { code }));
  channel.on('close', () => done(ended ? { stdout: stdout!(), stderr: stderr!(), code: ended.code } : null));
  channel.on('error', () => {}); // a write to a command that is gone: its missing frame tells
  channel.end(input);
}

function isNoSlot(error: Error): boolean {
  return (error as Error & { reason?: unknown }).reason !== undefined;
}

function refused(where: string, { message }: Error): Failure {
  const hint = 'does the login allow commands (ForceCommand, restricted keys)?';
  return new Failure('shell', `${where} refuses to run a command: ${message}`, hint);
}

function lost(where: string): Failure {
  return new Failure(
    'lost',
    `network: the connection to ${where} broke before the answer was complete`,
    'run it again; is the network stable?',
  );
}
