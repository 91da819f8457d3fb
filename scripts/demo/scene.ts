import { spawn, type SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import type { Recording } from './recording.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** One command, as a user would type it. */
export interface Scene {
  title: string;
  args: string[];
  /** Exit codes that are no surprise. */
  expect: number[];
}

/**
 * Shows a command and runs it; what it prints goes straight to the terminal, or by way of the recording.
 *
 * @throws when it ends with another code
 */
export async function scene({ title, args, expect }: Scene, recording: Recording | null): Promise<void> {
  const say = (line: string) => {
    console.log(line);
    recording?.line(line, performance.now() / 1000);
  };
  say('');
  say(styleText('bold', `── ${title}`, { validateStream: recording === null }));
  say(styleText('cyan', `$ npx fleet-audit ${args.map(shown).join(' ')}`, { validateStream: recording === null }));
  const code = await run(args, recording ? say : null);
  recording?.endScene();
  if (!expect.includes(code)) throw new Error(`fleet-audit ended with ${code}, expected ${expect.join(' or ')}`);
}

/** The path of a lab's own file tells a reader nothing. */
function shown(arg: string): string {
  return arg.endsWith('/ssh_config') ? 'ssh_config' : arg;
}

/** With somebody to tell each line to, both streams of it in colour; else they are the terminal's own. */
function run(args: string[], say: ((line: string) => void) | null): Promise<number> {
  return new Promise((done, fail) => {
    const options: SpawnOptions = say
      ? { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '1' } }
      : { stdio: 'inherit' };
    const child = spawn(process.execPath, [cli, ...args], options);
    for (const stream of say ? [child.stdout!, child.stderr!] : []) createInterface(stream).on('line', say!);
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 130));
  });
}
