/** What a script of ours said, by its first words: `state|armed` is `{ state: 'armed' }`. `phase|failed|why` is also `failed`. */
export type Words = Record<string, string>;

export function wordsIn(stdout: string): Words {
  const words: Words = {};
  for (const line of stdout.split('\n')) {
    const [, key, rest = ''] = /^([a-z-]+)\|(.*)$/.exec(line) ?? [];
    if (!key) continue;
    words[key] = rest.trim();
    if (key === 'phase' && rest.startsWith('failed|')) words.failed = rest.slice('failed|'.length);
  }
  return words;
}
