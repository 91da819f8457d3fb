import { shortOptions } from '../../netfilter/index.ts';

/** Options after which one word is anything, even something that looks like an option. */
const textual = new Set(['--comment', '--log-prefix', '--nflog-prefix', '--string', '--name']);

/** Targets with options of their own; after any other, options can only be conditions. */
const plainTargets = new Set(['ACCEPT', 'DROP', 'RETURN', 'QUEUE']);

/** Options of rules that only count or note, which UFW writes without a target. */
const harmless = new Set([
  ...[
    '-m',
    '-p',
    '-s',
    '-d',
    '-i',
    '-o',
    '--dport',
    '--dports',
    '--sport',
    '--sports',
    '--ctstate',
    '--state',
    '--comment',
  ],
  ...['--set', '--name', '--mask', '--rsource', '--rdest', '--icmp-type', '--icmpv6-type', '--limit', '--limit-burst'],
]);

const states =
  /^(INVALID|NEW|ESTABLISHED|RELATED|UNTRACKED|SNAT|DNAT)(,(INVALID|NEW|ESTABLISHED|RELATED|UNTRACKED|SNAT|DNAT))*$/;

/**
 * A rule of a file the way iptables-save would print it, as far as a packet's way depends on it: people may write long
 * options, capital letters, and conditions behind the target. Null for what iptables-restore may read in another way.
 */
export function normal(rest: string): string | null {
  const words = wordsOf(rest);
  if (!words) return null;
  const [conditions, action] = split(words);
  const sound = conditions.every((word, index) => isSound(word, conditions[index - 1] ?? ''));
  if (!sound) return null;
  if (action.length === 0 && !conditions.every((word, index) => isHarmless(word, conditions[index - 1] ?? '')))
    return null;
  return [...conditions, ...action].join(' ');
}

function wordsOf(rest: string): string[] | null {
  // UFW quotes comments with ', which is no quote to iptables-restore but a part of the word.
  const pattern = /"(?:[^"\\]|\\.)*"|[^\s"]+/g;
  if (rest.replaceAll(pattern, '').trim() !== '') return null;
  const words = rest.match(pattern) ?? [];
  const result: string[] = [];
  for (const word of words) {
    const before = result.at(-1) ?? '';
    if (textual.has(before)) result.push(word);
    else if (/^--[a-z0-9-]+=/.test(word)) result.push(...renamed(word.split(/=(.*)/s, 2)));
    else if (before === '-p') result.push(protocol(word));
    else if (before === '--ctstate' || before === '--state') result.push(word.toUpperCase());
    else result.push(...renamed([word]));
  }
  return result;
}

function renamed([option, ...value]: string[]): string[] {
  return [shortOptions[option!] ?? option!, ...value];
}

function protocol(word: string): string {
  return /^\d+$/.test(word) ? String(Number(word)) : word.toLowerCase();
}

/** Conditions, then the target with what belongs to it. */
function split(words: string[]): [string[], string[]] {
  const at = words.findIndex((word, index) => (word === '-j' || word === '-g') && !textual.has(words[index - 1] ?? ''));
  if (at < 0) return [words, []];
  const after = words.slice(at + 2);
  const isOwn = (word: string, index: number) =>
    word.startsWith('--') && !plainTargets.has(words[at + 1]!) && index >= 0;
  let own = 0;
  if (/^[A-Z]+$/.test(words[at + 1] ?? '')) {
    while (own < after.length && (isOwn(after[own]!, own) || (own > 0 && !/^(-|!$)/.test(after[own]!)))) own++;
  }
  return [
    [...words.slice(0, at), ...after.slice(own)],
    [...words.slice(at, at + 2), ...after.slice(0, own)],
  ];
}

function isSound(word: string, before: string): boolean {
  if (before === '--ctstate' || before === '--state') return states.test(word);
  // iptables takes 0120 for an octal number.
  if (/^--[ds]ports?$/.test(before)) return !/(^|[,:])0\d/.test(word);
  return true;
}

function isHarmless(word: string, before: string): boolean {
  return !word.startsWith('-') || textual.has(before) || harmless.has(word);
}
