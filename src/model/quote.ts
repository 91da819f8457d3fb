/**
 * One word for a POSIX shell, whatever is in it: the only way in which an option enters a snippet. NUL cannot be in an
 * argument and is refused.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new TypeError('a shell word cannot hold NUL');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
