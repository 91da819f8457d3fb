import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PlannedHostProbe } from '../../src/model/plan.ts';
import { bootFromArgument, bootFromStdin } from '../../src/transport/batch/boot.ts';
import { parse, type Parsed } from '../../src/transport/batch/parse.ts';
import { newNonce, probe, scriptOf } from './shells.ts';

// sshd hands the command to the user's login shell as `SHELL -c COMMAND`, and many of those are no POSIX shell.
const loginShells = ['bash', 'rbash', 'dash', 'mksh', 'zsh', 'fish', 'tcsh', 'csh', 'busybox sh'].map((name) => {
  const argv = name === 'rbash' ? ['bash', '--restricted'] : name.split(' ');
  return { name, argv, present: spawnSync(argv[0]!, [...argv.slice(1), '-c', 'exit 0']).status === 0 };
});
const probes = [
  probe('from', 'echo "$FA_FROM|$FA_SSH_CONNECTION"'),
  probe('odd', `printf '%s\\n' 'it'"'"'s 100% !! \\ "$HOME" \`x\` ~ # ; & {a,b} [x] é €'`),
  probe('lines', 'echo 1\necho 2'),
  probe('stdin', 'cat; echo end'),
];

describe.runIf(process.getuid!() === 0).each(loginShells)('login shell $name', ({ argv, present }) => {
  test.skipIf(!present)('boots from stdin', async () => {
    expectAnswers(await boot(argv, (script) => [bootFromStdin, script]));
  });

  test.skipIf(!present)('boots from the command itself', async () => {
    expectAnswers(await boot(argv, (script) => [bootFromArgument(script)!, '']));
  });
});

test('a script that is too long for a command is not put into one', () => {
  expect(bootFromArgument(randomBytes(100_000).toString('hex'))).toBeNull();
});

function expectAnswers({ frame, answers }: Parsed): void {
  expect(frame).toBe('whole');
  expect(answers.from!.stdout).toBe('192.0.2.7|192.0.2.7 40000 192.0.2.8 22\n');
  expect(answers.odd!.stdout).toBe('it\'s 100% !! \\ "$HOME" `x` ~ # ; & {a,b} [x] é €\n');
  expect(answers.lines!.stdout).toBe('1\n2\n');
  expect(answers.stdin!.stdout).toBe('end\n');
}

async function boot(argv: string[], how: (script: string) => [string, string]): Promise<Parsed> {
  const nonce = newNonce();
  const [command, input] = how(scriptOf(probes as PlannedHostProbe[], 'gz', 60, nonce));
  const env = { ...process.env, SSH_CONNECTION: '192.0.2.7 40000 192.0.2.8 22' };
  const child = spawn(argv[0]!, [...argv.slice(1), '-c', command], { env });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.resume();
  child.stdin.end(input);
  await new Promise((done) => child.on('close', done));
  return parse(Buffer.concat(chunks), Buffer.alloc(0), nonce, probes);
}
