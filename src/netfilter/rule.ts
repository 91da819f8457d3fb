import { shortOptions } from './options.ts';
import { wordsOf, type Word } from './words.ts';

/** One condition of a rule: `! -i lo` is `{ negated: true, option: '-i', values: ['lo'] }`. */
export interface Test {
  negated: boolean;
  option: string;
  values: string[];
  /** Of one that asks for a connection's state: packets that nobody tracks may come to it. */
  untracked?: boolean;
}

export interface Rule {
  chain: string;
  tests: Test[];
  /** Null for a rule that only counts. */
  target: string | null;
  /** `-g`: at its end the called chain returns to whoever called this one. */
  goto: boolean;
  /** What follows the target: `--reject-with icmp-port-unreachable`. */
  targetWords: string[];
  /** The rule as it was printed, without counters. */
  text: string;
  /** Counted from 1, in the text that was parsed. */
  line: number;
}

/** One `-A` line, perhaps with counters in front; null when it is not one. */
export function parseRule(line: string, at: number): Rule | null {
  const [, text = '', chain = '', rest = ''] = /^(?:\[\d+:\d+\] )?(-A (\S+)(.*))$/.exec(line) ?? [];
  const words = chain ? wordsOf(rest) : null;
  if (!words) return null;
  const rule: Rule = { chain, tests: [], target: null, goto: false, targetWords: [], text, line: at };
  for (let i = 0; i < words.length;) {
    const negated = isBare(words[i]!, '!');
    if (negated) i++;
    const said = words[i];
    if (!said || !isOption(said)) return null;
    const option = { text: shortOptions[said.text] ?? said.text };
    // iptables takes abbreviations as well: what could be a target must not be taken for a condition.
    if (/^--(j|g|app|ins)/.test(option.text)) return null;
    if (option.text === '-j' || option.text === '-g') {
      const target = words[i + 1];
      if (negated || rule.target !== null || !target || target.quoted) return null;
      rule.target = target.text;
      rule.goto = option.text === '-g';
      const after = endOfTarget(words, i + 2);
      rule.targetWords = words.slice(i + 2, after).map((word) => word.text);
      if (rule.targetWords.length > 0 && (rule.goto || verdicts.has(target.text))) return null;
      i = after;
      continue;
    }
    const end = option.text === '--comment' ? i + 2 : endOfValues(words, i + 1);
    if (end > words.length) return null;
    rule.tests.push({ negated, option: option.text, values: words.slice(i + 1, end).map((word) => word.text) });
    i = end;
  }
  return rule;
}

const verdicts = new Set(['ACCEPT', 'DROP', 'RETURN']);

/** A target's own options are long ones; what is short, or negated, is a condition that somebody wrote behind it. */
function endOfTarget(words: Word[], from: number): number {
  const end = words.findIndex(
    (word, at) => at >= from && ((isOption(word) && !word.text.startsWith('--')) || isBare(word, '!')),
  );
  return end < 0 ? words.length : end;
}

/** A comment may look like an option (`--comment -j`); anything else that does is one. */
function endOfValues(words: Word[], from: number): number {
  const end = words.findIndex((word, index) => index >= from && (isOption(word) || isBare(word, '!')));
  return end < 0 ? words.length : end;
}

function isOption({ text, quoted }: Word): boolean {
  return !quoted && /^--?[a-zA-Z]/.test(text);
}

function isBare({ text, quoted }: Word, wanted: string): boolean {
  return !quoted && text === wanted;
}
