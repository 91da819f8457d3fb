import { gzipSync } from 'node:zlib';

/**
 * The remote command that turns a login into root's sh, in one exec: root runs the script itself, anybody else through
 * `sudo -n`. Its text is read by the *login shell* (bash, dash, zsh, fish, csh, tcsh, rbash), so it holds no `!`, no
 * backslash, no newline and no slash, and nothing outside single quotes but plain words. sudo drops SSH_CONNECTION, so that goes along
 * as an argument.
 */
export const bootFromStdin = `sh -c '${launcher()}' sh 'FA_SSH_CONNECTION=$1; eval "$(cat)"'`;

/**
 * The same for a login whose start-up files swallow stdin: the script is in the command, packed by gzip, because its length is limited and
 * that of all controls together is near the limit as it is. It shows up in `ps` and audit logs there; null if it is too long.
 */
export function bootFromArgument(script: string): string | null {
  const word = gzipSync(script, { level: 9 }).toString('base64');
  const command = `sh -c '${launcher()}' sh 'FA_SSH_CONNECTION=$1; eval "$(printf %s "$2" | base64 -d | gzip -dc)"' '${word}'`;
  return command.length < longestArgument ? command : null;
}

/** 128 KiB is what Linux takes for one argument (MAX_ARG_STRLEN), and sshd hands the command over as one. */
const longestArgument = 128 * 1024 - 256;

/** LC_ALL=C makes sudo's complaints readable to us. The first argument is the second stage. */
function launcher(): string {
  const root = 'eval "$s"';
  const other = 'sudo -n sh -c "$s" sh "$@"';
  return `LC_ALL=C; export LC_ALL; s=$1; shift; set -- "$SSH_CONNECTION" "$@"; if [ "$(id -u)" = 0 ]; then ${root}; else ${other}; fi`;
}
