import { Failure } from '../failure.ts';
import type { Run } from './run.ts';

/**
 * Why a login that worked gave no frame: sudo said no, or the shell is not one that runs commands. The complaints are
 * those of sudo 1.8 to 1.9.17 and of sudo-rs 0.2, in the C locale.
 */
export function refusal(run: Run, where: string, user: string): Failure {
  const text = `${run.stdout.toString()}\n${run.stderr.toString()}`;
  const reason = sudoReasons.find(([pattern]) => pattern.test(text));
  if (!reason) return notAShell(run, where);
  const [, what, hint] = reason;
  return new Failure('sudo', `sudo on ${where} refuses to make ${user} root: ${what}`, hint.replaceAll('USER', user));
}

/** The script ran, but as somebody who is not root: its answers would be about what that user may see. */
export function notRoot(uid: number | null, where: string, user: string): Failure {
  const who = uid === null ? 'an unknown user' : `user id ${uid}`;
  return new Failure('sudo', `sudo on ${where} made ${user} ${who}, not root`, allow('').replaceAll('USER', user));
}

const line = 'USER ALL=(root) NOPASSWD: ALL';
const allow = (also: string) =>
  `add the line "${line}" with: visudo -f /etc/sudoers.d/fleet-audit${also}; or log in as root`;

const sudoReasons: [RegExp, string, string][] = [
  [/must have a tty/, 'it requires a terminal (requiretty)', allow(', and the line "Defaults:USER !requiretty"')],
  [/not in the sudoers file|may not run sudo|I'm sorry \S+ I'm afraid I can't/, 'not in the sudoers file', allow('')],
  [/is not allowed to (execute|run)/, 'its rules do not allow a root shell', allow('')],
  [
    /a password is required|interactive authentication is required|no password was provided/,
    'it wants a password',
    allow(''),
  ],
  [
    /sudo: (command )?not found|sudo: inaccessible or not found|unknown command.*sudo/i,
    'there is no sudo on the host',
    `install sudo and ${allow('')}`,
  ],
  [/^sudo(-rs)?: .*/m, 'see its complaint with: ssh USER@HOST sudo -n true', allow('')],
];

function notAShell(run: Run, where: string): Failure {
  const said = [run.stdout, run.stderr].map((bytes) => bytes.subarray(0, 300).toString().trim()).filter(Boolean);
  const ended = run.code === null ? 'ended without an exit code' : `exited with code ${run.code}`;
  return new Failure(
    'shell',
    `logged in to ${where}, but no POSIX shell ran there: the command ${ended}${said.length ? ` and said: ${said.join(' | ')}` : ''}`,
    "check the user's login shell and start-up files: `ssh HOST sh -c true` must work, print nothing and not wait",
  );
}
