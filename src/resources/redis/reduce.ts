import { ContainerLines, type Users } from './container.ts';
import { weakWord } from './weak.ts';

/**
 * What may be kept of the probe's output. Hashes of passwords become numbers in order of appearance (equal ones are equal passwords)
 * with the word behind them where it is a known one: `#2=changeme`. Of environments stay the user in a Redis URL, when it is one
 * of the server's users, and the names of passwords. Lines of an unknown form become `odd|`.
 */
export function reduce(stdout: string): string {
  const lines = stdout.split('\n').slice(0, -1);
  const users = usersOf(lines);
  const numbers = new Map<string, number>();
  const kept: string[] = [];
  let container: ContainerLines | null = null;
  for (const line of lines) {
    if (container?.take(line)) continue;
    if (container) kept.push(container.toLine());
    container = ContainerLines.start(line, users);
    if (!container) kept.push(keep(line, numbers));
  }
  if (container) kept.push(container.toLine());
  return joinNames(kept)
    .map((line) => `${line}\n`)
    .join('');
}

function usersOf(lines: string[]): Users {
  const users = lines.flatMap((line) => {
    const [, name, rules] = /^r\|user (\S+) (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, hashes: rules!.match(/(?<=#)[0-9a-f]{64}/g) ?? [] }];
  });
  return {
    names: new Set([...users.map(({ name }) => name), ...lines.flatMap(assetUser)]),
    byHash: new Map(users.flatMap(({ name, hashes }) => hashes.map((hash) => [hash, name]))),
  };
}

/** The name of an asset's user is no secret, whether or not the server has it. */
function assetUser(line: string): string[] {
  const [, asset] = /^l\|"([A-Za-z0-9_.-]+)"$/.exec(line) ?? [];
  return asset === undefined ? [] : [asset.toLowerCase().replaceAll('-', '_')];
}

/** The commands of a category on one line, in order: Redis gives them in another one at every start. */
function joinNames(lines: string[]): string[] {
  const joined: string[] = [];
  let names: string[] = [];
  for (const line of lines) {
    const isName = /^s\|[a-z][a-z0-9|._-]+$/.test(line);
    if (isName) names.push(line.slice(2));
    else {
      if (names.length > 0) joined.push(`s|${names.sort().join(' ')}`);
      names = [];
      joined.push(line);
    }
  }
  return joined;
}

const plain =
  /^(end|(process\|[a-z-]+\|(in|out)|port\|yes|docker\|.*|uid\|\d+\|\S*|admin\|[a-z]+\|[a-z]*|(pair|login)\|[A-Za-z0-9_. -]+|path\|.*|view\|[a-z]+|file\|.*))$/;

function keep(line: string, numbers: Map<string, number>): string {
  if (plain.test(line)) return line;
  const [, head, text] = /^([rs]\||rule\|\d+\|)(.*)$/.exec(line) ?? [];
  if (head === undefined || text === undefined) return 'odd|';
  const words = text.trim().split(/ +/);
  if (words[0] === 'user' && words.length > 1) return `${head}${aclWords(words, numbers).join(' ')}`;
  return `${head}${head.startsWith('rule') ? ruleless(text) : reply(text)}`;
}

/** A line of an ACL: only words of a known form, for a slip of the pen may have left a password bare. */
function aclWords([first, name, ...rest]: string[], numbers: Map<string, number>): string[] {
  return [first!, name!, ...rest.map((word) => aclWord(name!, word, numbers))];
}

const known =
  /^\(?(on|off|nopass|reset|resetpass|resetkeys|resetchannels|allkeys|allchannels|allcommands|nocommands|clearselectors|(skip-)?sanitize-payload|[~&].*|%[RW]+~.*|[+-]@?[\w|*.-]+)\)?$/i;

function aclWord(user: string, word: string, numbers: Map<string, number>): string {
  const [, sign, hash] = /^([#!])([0-9a-f]{64})$/.exec(word) ?? [];
  if (!sign || !hash) return known.test(word) || word === '' ? word : '?';
  if (!numbers.has(hash)) numbers.set(hash, numbers.size + 1);
  const weak = weakWord(user, hash);
  return `${sign}${numbers.get(hash)}${weak === null ? '' : `=${weak.replaceAll(' ', '')}`}`;
}

function ruleless(text: string): string {
  return text === '' || text === 'comment' ? text : '?';
}

const replies =
  /^(RESET|PONG|OK|=[ -~]+|[a-z][a-z0-9|._-]+|\/[ -~]*|(NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|NOSCRIPT|LOADING|BUSY|MASTERDOWN|DENIED|ERR|OCI|Error) [ -~]*|(This user|User \S+) has no permissions [ -~]*|Could not connect [ -~]*)$/i;

function reply(text: string): string {
  return replies.test(text) ? text : '?';
}
