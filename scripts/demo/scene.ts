import { spawn } from 'node:child_process';
import { styleText } from 'node:util';

/** One command, as a user would type it. */
export interface Scene {
  title: string;
  args: string[];
  /** Exit codes that are no surprise. */
  expect: number[];
}

/** Shows a command and runs it; what it prints goes straight to the terminal. @throws when it ends with another code */
export async function scene({ title, args, expect }: Scene): Promise<void> {
  console.log(`\n${styleText('bold', `── ${title}`)}`);
  console.log(styleText('cyan', `$ npx fleet-audit ${args.map(shown).join(' ')}`));
  const code = await run(args);
  if (!expect.includes(code)) throw new Error(`fleet-audit ended with ${code}, expected ${expect.join(' or ')}`);
}

/** The path of a lab's own file tells a reader nothing. */
function shown(arg: string): string {
  return arg.endsWith('/ssh_config') ? 'ssh_config' : arg;
}

function run(args: string[]): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['dist/cli.js', ...args], { stdio: 'inherit' });
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 130));
  });
}
