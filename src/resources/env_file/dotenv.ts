/** One setting of a .env file. */
export interface Entry {
  /** First line, from 1. */
  line: number;
  /** Null where the line sets nothing that could be understood. */
  key: string | null;
  value: string;
}

/**
 * The settings of a .env file as Docker Compose reads it: `export`, both separators, quotes that may span lines, comments.
 * Blank lines and comments are left out; every other line is in an entry.
 */
export function parseDotenv(lines: string[]): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]!.replace(/\r$/, '').trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, key, rest] = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*[=:]\s*(.*)$/.exec(text) ?? [];
    const line = at + 1;
    if (key === undefined || rest === undefined) {
      entries.push({ line, key: null, value: '' });
      continue;
    }
    const quote = /^['"]/.exec(rest)?.[0];
    if (!quote) {
      entries.push({ line, key, value: rest.replace(/\s#.*$/, '').trim() });
      continue;
    }
    const body = [rest.slice(1)];
    while (closes(body.at(-1)!, quote) < 0 && at + 1 < lines.length) body.push(lines[++at]!);
    const end = closes(body.at(-1)!, quote);
    body.push(body.pop()!.slice(0, end < 0 ? undefined : end));
    entries.push({ line, key: end < 0 ? null : key, value: body.join('\n') });
  }
  return entries;
}

/** Where the closing quote is; in double quotes a backslash protects it. */
function closes(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (quote === '"' && text[at] === '\\') at++;
  }
  return -1;
}
