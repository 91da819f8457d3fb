import { randomBytes } from 'node:crypto';
import { bootFromStdin } from './batch/boot.ts';
import { notRoot, refusal } from './batch/refusal.ts';
import type { Execute } from './batch/run.ts';
import { fodder } from './batch/shell.ts';

/** What one script said. */
export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Nothing that a script of ours says is longer. */
const limit = 4 * 1024 * 1024;

/**
 * Runs a script as root, whole or not at all: it is a function that only its last line calls. What start-up files of the login print is
 * left out.
 * @throws {Failure} sudo or shell when root's shell did not come up
 */
export async function runAsRoot(
  execute: Execute,
  script: string,
  where: { where: string; user: string },
): Promise<Said> {
  const nonce = randomBytes(12).toString('hex');
  const head = `LC_ALL=C; export LC_ALL; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH; umask 077
printf '\\nFA2 ${nonce} %s\\n' "$(id -u)"`;
  const input = `${fodder}fa_main(){\n${head}\n${script}\n}\nfa_main\n`;
  const run = await execute(bootFromStdin, { input, limit });
  const text = run.stdout.toString();
  const [before, uid] = new RegExp(`\\nFA2 ${nonce} (\\d+)\\n`).exec(text) ?? [];
  if (before === undefined) throw refusal(run, where.where, where.user);
  if (uid !== '0') throw notRoot(Number(uid), where.where, where.user);
  const stdout = text.slice(text.indexOf(before) + before.length);
  return { code: run.code, stdout, stderr: run.stderr.toString() };
}
