import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { userInfo } from 'node:os';
import { collectBatch } from './batch/collect.ts';
import { gather, type Execute, type Run } from './batch/run.ts';
import { Failure, toHostError } from './failure.ts';
import { runAsRoot } from './root-shell.ts';
import { limitTime, type TimeLimit } from './time-limit.ts';
import type { Collected, CollectOptions, Session, Transport } from './transport.ts';

/** Asks the machine that this program runs on: as root directly, else through `sudo -n`. */
export function local(): Transport {
  return { target: 'local', collect, open: async () => session };
}

async function collect(probes: Parameters<Transport['collect']>[0], options: CollectOptions): Promise<Collected> {
  const time = limitTime('this machine', options);
  let execs = 0;
  const execute: Execute = (command, { input, limit }) => {
    execs++;
    return run(command, input, limit, time);
  };
  try {
    const where = {
      where: 'this machine',
      user: userInfo().username,
      secrets: options.secrets ?? {},
      seconds: time.seconds,
    };
    return { ...(await collectBatch(execute, probes, where)), logins: 0, execs };
  } catch (error) {
    return { answers: {}, hostClock: null, logins: 0, execs, error: toHostError(error) };
  } finally {
    time.stop();
  }
}

/** No login at all: it proves nothing about one. */
const session: Session = {
  login: false,
  run: async (script, seconds) => {
    const time = limitTime('this machine', { timeoutSeconds: seconds });
    try {
      const where = { where: 'this machine', user: userInfo().username };
      return await runAsRoot((command, { input, limit }) => run(command, input, limit, time), script, where);
    } finally {
      time.stop();
    }
  },
  close: () => {},
};

/** A group of its own, so that nothing the command started outlives us. */
function run(command: string, input: string, limit: number, time: TimeLimit): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { detached: true, env: withoutSsh(), stdio: 'pipe' });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => gather(stream, limit, () => endGroup(child)));
    let ended: Failure | undefined;
    const off = time.onEnd((failure) => {
      ended = failure;
      endGroup(child);
    });
    child.on('error', (error) => {
      ended = new Failure('shell', `sh cannot be started on this machine: ${error.message}`, 'is there an sh in PATH?');
    });
    child.on('close', (code) => {
      off();
      if (ended) reject(ended);
      else resolve({ stdout: stdout!(), stderr: stderr!(), code });
    });
    child.stdin.on('error', () => {}); // a command that ends without reading is told by its missing frame
    child.stdin.end(input);
  });
}

/** Whoever sits here over SSH is not auditing over SSH: probes must not take this session for the transport's. */
function withoutSsh(): NodeJS.ProcessEnv {
  const { SSH_CONNECTION: _, ...env } = process.env;
  return env;
}

/** TERM lets the script remove its directory; KILL is for what does not listen, closed pipes for what sudo made root. */
function endGroup(child: ChildProcessWithoutNullStreams): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const last = setTimeout(() => {
    signalGroup(pid, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }, 2000);
  child.once('close', () => clearTimeout(last));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // gone already, or root's by way of sudo: then the script's own watchdog ends it
  }
}
