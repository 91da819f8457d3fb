import { spawn } from 'node:child_process';
import type { Result } from './types.ts';

/** Runs a program to its end. Only a program that could not be started rejects; an exit code is an answer. */
export function run(command: string, args: string[], input = ''): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 255, stdout, stderr }));
    // A program that ends without reading its input is no error of ours: its exit code tells the story.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** As `run`, for steps that the lab cannot do without. */
export async function must(command: string, args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, input);
  if (code === 0) return stdout;
  const tail = (stderr || stdout).trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`lab: ${[command, ...args].join(' ').slice(0, 300)} ended with ${code}:\n${tail}`);
}
