/** What an action's commands would do to a packet from a banned address to the host itself. */
export type Effect = { is: 'blocked' } | { is: 'open' | 'odd'; why: string };

/** The lines of a command, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** How fail2ban's shipped actions go through protocols. */
export const loop = /^(for proto in \$\(echo '[a-z,]+' \| sed 's\/,\/ \/g'\); do|done)$/;

export function odd(line: string): Effect {
  return { is: 'odd', why: `its command "${line}" is not understood` };
}
