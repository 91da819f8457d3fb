/** One word for a POSIX shell, whatever is in it. NUL cannot be in an argument and is refused. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new TypeError('a shell word cannot hold NUL');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
