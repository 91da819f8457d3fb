import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leaderOf } from './cgroup.ts';
import { inside } from './inside.ts';
import { hostFolder } from './paths.ts';

const LIMIT_MS = 60_000;
const POLL_MS = 50;

/** The host's PID 1, as soon as it runs systemd. */
export async function leaderReady(name: string, container: ChildProcess): Promise<number> {
  let leader: number | null = null;
  const what = 'systemd as PID 1';
  await poll(name, what, async () => {
    if (container.exitCode !== null) throw new Error(`lab: ${name} ended before ${what}\n${await lastWords(name)}`);
    return (leader = await leaderOf(name)) !== null;
  });
  return leader ?? 0;
}

/** Resolves when the system has come up (a failed unit is no reason to wait) and sshd says its name. */
export async function ready(name: string, address: string, port: number): Promise<void> {
  await poll(name, 'the end of its start', async () => {
    // Asking again and again would cost as much as a third of the start. Before there is a bus it refuses to wait.
    const { stdout } = await inside(name, `timeout ${LIMIT_MS / 1000} systemctl is-system-running --wait`);
    return ['running', 'degraded'].includes(stdout.trim());
  });
  await poll(name, `sshd at ${address}:${port}`, async () => (await banner(address, port)).startsWith('SSH-2.0-'));
}

async function poll(name: string, what: string, reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (!(await reached())) {
    if (Date.now() > end) throw new Error(`lab: ${name} did not reach ${what}\n${await lastWords(name)}`);
    await sleep(POLL_MS);
  }
}

function banner(address: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 1000 });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (data) => end(data.toString('latin1')));
    socket.on('error', () => end(''));
    socket.on('timeout', () => end(''));
    socket.on('close', () => end(''));
  });
}

async function lastWords(name: string): Promise<string> {
  const console = await readFile(join(hostFolder(name), 'console.log'), 'utf8').catch(() => '');
  const journal = await inside(name, 'systemctl --failed --no-legend; journalctl -n 40 --no-pager').catch(() => null);
  return [console.split('\n').slice(-20).join('\n'), journal?.stdout ?? ''].join('\n');
}
