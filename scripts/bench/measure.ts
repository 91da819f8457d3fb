import { spawn } from 'node:child_process';

/** A command: its program first. */
export const node = (...args: string[]): string[] => [process.execPath, ...args];

/** Milliseconds of each command, all of them once per round, so that noise hits them alike. */
export async function interleave(rounds: number, commands: string[][]): Promise<number[][]> {
  const times: number[][] = commands.map(() => []);
  for (const command of commands) await run(command);
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      const since = performance.now();
      await run(command);
      times[index]!.push(performance.now() - since);
    }
  }
  return times;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Largest resident set of a node command, MiB, as the kernel counted it. */
export async function peakMemory(command: string[]): Promise<number> {
  const script = 'process.on("exit", () => console.error(`RSS ${Math.round(process.resourceUsage().maxRSS / 1024)}`));';
  const [program = '', ...args] = command;
  const { stderr } = await run([program, '--import', `data:text/javascript,${encodeURIComponent(script)}`, ...args]);
  return Number(/RSS (\d+)/.exec(stderr)?.[1]);
}

/** Asynchronously: the delay line lives in this process. A verdict of the audit is no failure of the bench. */
export function run([program = '', ...args]: string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0 || code === 1 || code === 3) done({ stdout, stderr });
      else fail(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}
