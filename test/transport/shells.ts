import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { PlannedHostProbe } from '../../src/model/plan.ts';
import { generate } from '../../src/transport/batch/script.ts';
import { parse, type Parsed } from '../../src/transport/batch/parse.ts';

export const nonce = '0123456789abcdef01234567';

export const newNonce = (): string => randomBytes(12).toString('hex');

const candidates: Record<string, string[]> = {
  dash: ['dash'],
  'bash --posix': ['bash', '--posix'],
  busybox: ['busybox', 'sh'],
  mksh: ['mksh'],
};

/** Shells that are on this machine; the others are said to be skipped. */
export const shells = Object.entries(candidates).map(([name, argv]) => ({
  name,
  argv,
  present: spawnSync(argv[0]!, [...argv.slice(1), '-c', ':']).status === 0,
}));

export type Mode = 'gz' | 'raw' | 'stream';
export const modes: Mode[] = ['gz', 'raw', 'stream'];

export function probe(name: string, run: string, more: Partial<PlannedHostProbe> = {}): PlannedHostProbe {
  return { kind: 'host', name, run, digest: `digest of ${name}`, ...more };
}

export function scriptOf(probes: PlannedHostProbe[], mode: Mode, totalSeconds = 60, as = nonce): string {
  const script = generate(probes, { nonce: as, totalSeconds, stream: mode === 'stream' });
  return mode === 'raw' ? script.replace('command -v gzip', 'command -v no-such-gzip') : script;
}

export function start(argv: string[], script: string): ChildProcessWithoutNullStreams {
  const child = spawn(argv[0]!, [...argv.slice(1), '-c', 'eval "$(cat)"'], { detached: true });
  child.stdin.on('error', () => {});
  child.stdin.end(script);
  return child;
}

export async function runScript(argv: string[], script: string): Promise<{ stdout: Buffer; stderr: Buffer }> {
  const child = start(argv, script);
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr)]);
  return { stdout, stderr };
}

export async function ask(argv: string[], mode: Mode, probes: PlannedHostProbe[], totalSeconds = 60): Promise<Parsed> {
  const as = newNonce();
  const { stdout, stderr } = await runScript(argv, scriptOf(probes, mode, totalSeconds, as));
  if (leftovers(as).length > 0) throw new Error(`left on the host: ${leftovers(as).join()}`);
  return parse(stdout, stderr, as, probes);
}

/** Whether the script's own directory is still on the machine. */
export function leftovers(as: string): string[] {
  return ['/dev/shm', '/run', '/tmp', '/var/tmp'].map((base) => `${base}/.fa-${as}`).filter((path) => existsSync(path));
}

export async function eventually(condition: () => boolean, seconds: number): Promise<boolean> {
  for (let left = seconds * 10; left > 0 && !condition(); left--) await new Promise((next) => setTimeout(next, 100));
  return condition();
}

async function read(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
