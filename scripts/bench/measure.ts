import { spawn } from 'node:child_process';

/** Milliseconds of each node command, all of them once per round, so that noise hits them alike. */
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
  const { stderr } = await run(['--import', `data:text/javascript,${encodeURIComponent(script)}`, ...command]);
  return Number(/RSS (\d+)/.exec(stderr)?.[1]);
}

/** Runs node, asynchronously: the delay line lives in this process. A verdict of the audit is no failure of the bench. */
function run(args: string[]): Promise<{ stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('close', (code) => {
      if (code === 0 || code === 1 || code === 3) done({ stderr });
      else fail(new Error(`node ${args.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}
