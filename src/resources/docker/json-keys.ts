/** A key of a JSON text: the names that lead to it, and the line it stands on. */
export interface JsonKey {
  path: string;
  line: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\n/g;

/** All keys of a text that is JSON, in order. `JSON.parse` tells neither lines nor that a key was there twice. */
export function keysOf(text: string): JsonKey[] {
  const keys: JsonKey[] = [];
  const way: (string | number)[] = [];
  let line = 1;
  let word: JsonKey | null = null;
  for (const [each] of text.matchAll(token)) {
    if (each === '\n') line += 1;
    else if (each.startsWith('"')) word = { path: JSON.parse(each) as string, line };
    else if (each === '{') way.push('');
    else if (each === '[') way.push(0);
    else if (each === '}' || each === ']') way.pop();
    else if (each === ',' && typeof way.at(-1) === 'number') way.push((way.pop() as number) + 1);
    else if (each === ':' && word) {
      way[way.length - 1] = word.path;
      keys.push({ path: way.join('.'), line: word.line });
    }
  }
  return keys;
}

/** Keys that are there more than once: which one counts is a matter of the reader. */
export function twice(keys: JsonKey[]): string[] {
  const paths = keys.map(({ path }) => path);
  return [...new Set(paths.filter((path, at) => paths.indexOf(path) !== at))];
}
