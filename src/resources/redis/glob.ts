/** Redis' own patterns (`*`, `?`, `[a-c]`, `[^a]`, `\`): does this one match the text? */
export function redisGlobMatches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^${toRegex(pattern)}$`, 's').test(text);
  } catch {
    // A class that runs backwards ([z-a]): what cannot be told apart is taken as a match, which is the bad case.
    return true;
  }
}

/** Runs of `*` are one, so that no pattern takes long. */
function toRegex(pattern: string): string {
  const parts = pattern.match(/\\[^]|\[\^?(?:\\[^]|[^\]\\])*\]?|\*+|[^]/g) ?? [];
  return parts.map(toPart).join('');
}

function toPart(part: string): string {
  if (part.startsWith('*')) return '.*';
  if (part === '?') return '.';
  if (part.startsWith('[') && part.length > 1) return toClass(part);
  return escape(part.length > 1 && part.startsWith('\\') ? part.slice(1) : part);
}

function toClass(part: string): string {
  const body = part.slice(1, part.endsWith(']') ? -1 : undefined);
  const negated = body.startsWith('^');
  const inner = (negated ? body.slice(1) : body).replace(/\\([^])/g, '$1').replace(/[\\\][^]/g, '\\$&');
  if (inner === '') return negated ? '.' : '(?!)';
  return `[${negated ? '^' : ''}${inner}]`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
