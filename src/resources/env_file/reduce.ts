import { toSections, type Section } from '../sections.ts';
import { parseDotenv, type Entry } from './dotenv.ts';
import { isPlaceholder } from './placeholder.ts';

/**
 * What may be kept of the probe's output: names of keys, whether their values are placeholders, and whether a template holds a
 * secret of the .env file. Only lines of a known form go through, so that a value on a line of its own does not.
 */
export function reduce(stdout: string): string {
  const sections = toSections(stdout);
  const main = sections.find(({ head }) => head.startsWith('main|'));
  const entries = main ? parseDotenv(main.content) : [];
  const secrets = entries.filter(isSecret).map(({ value }) => value);
  return sections.flatMap((section) => reduceSection(section, entries, secrets)).join('');
}

const known = /^(dir|end|lost|long|odd|git|(none|nogit|nomain|main|copy|template|tracked)\|.*)$/;

function reduceSection({ head, content }: Section, entries: Entry[], secrets: string[]): string[] {
  if (!known.test(head)) return ['odd\n'];
  if (head.startsWith('main|')) return [`${head}\n`, ...entries.map(describe)];
  if (!head.startsWith('template|')) return [`${head}\n`];
  const text = content.join('\n');
  return [`${head}\n`, `shares|${secrets.some((secret) => text.includes(secret)) ? 'yes' : 'no'}\n`];
}

/** A word in capitals is a name; anything else on the left of a sign may be a piece of a secret, and only its line is said. */
function describe({ line, key, value }: Entry): string {
  if (key === null) return `unclear|line ${line}\n`;
  const name = /^[A-Z_][A-Z0-9_]{0,79}$/.test(key) ? key : `line ${line}`;
  const state = value === '' ? 'empty' : isPlaceholder(value) ? 'placeholder' : 'set';
  return `key|${name}|${state}\n`;
}

/** Settings that nobody would call secret may well be the same in a template. */
function isSecret({ key, value }: Entry): boolean {
  const named = /TOKEN|PASS|SECRET|KEY|CREDENTIAL|PRIVATE|DSN/i.test(key ?? '') || /:\/\/[^/@]*:[^/@]+@/.test(value);
  return named && value.length >= 8 && !isPlaceholder(value);
}
