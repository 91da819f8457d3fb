/** One word of a rule; a quoted one is never an option, whatever it looks like. */
export interface Word {
  text: string;
  quoted: boolean;
}

/**
 * The words of a line as iptables-save prints them: a text with anything but letters, digits, `_` and `-` in it stands in
 * double quotes, where a backslash goes before `"`, `\` and `'` (xtables_save_string of iptables 1.8). Null when a quote is left open.
 */
export function wordsOf(line: string): Word[] | null {
  const words: Word[] = [];
  const word = /\s*(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]+)(?=\s|$))/y;
  const end = line.trimEnd().length;
  while (word.lastIndex < end) {
    const found = word.exec(line);
    if (!found) return null;
    words.push({ text: found[2] ?? found[1]!.replace(/\\(.)/g, '$1'), quoted: found[2] === undefined });
  }
  return words;
}
