/** One word of POSIX shell, whatever the text holds: the only way in which an option enters a snippet. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
