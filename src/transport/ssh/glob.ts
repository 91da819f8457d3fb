import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The files that a path with `*`, `?` and `[…]` names, sorted, as glob(7) has it; a path without is itself. */
export function globSync(pattern: string): string[] {
  if (!/[*?[]/.test(pattern)) return [pattern];
  const wanted = basename(pattern);
  return globSync(dirname(pattern)).flatMap((folder) => namesIn(folder, wanted).map((name) => join(folder, name)));
}

function namesIn(folder: string, pattern: string): string[] {
  if (!/[*?[]/.test(pattern)) return [pattern];
  const hidden = pattern.startsWith('.');
  return list(folder).filter((name) => (hidden || !name.startsWith('.')) && toRegExp(pattern).test(name));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Only for patterns of the user's own configuration: their length, and so the time they take, is theirs. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\[[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
    return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 's');
}
