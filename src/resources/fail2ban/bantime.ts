/** fail2ban's -1 is a ban without end; as a duration it has to be longer than any other. */
export function banSeconds(bantime: number): number {
  return bantime < 0 ? 100 * 365 * 86400 : bantime;
}

export const forEver = 'for ever';
