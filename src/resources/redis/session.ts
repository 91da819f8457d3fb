import type { Pair } from './seen.ts';

/** What redis-cli said to the questions, each filed under its own words. */
export interface Session {
  /** To a PING before any login. */
  ping: string;
  /** To the admin's login; null where none was tried. */
  auth: string | null;
  answers: ReadonlyMap<string, string[]>;
}

/** A real login of an asset's user, and what it got. */
export interface Login extends Pair {
  auth: string;
  reply: string;
  /** Whose inbox was asked for. */
  inbox: string;
}

/** Null: it did not go as it should, so no answer can be told from another. */
export function parseSession(lines: string[], tried: boolean): Session | null {
  const [reset, ping, ...rest] = lines;
  const auth = tried ? rest.shift() : null;
  if (reset !== 'RESET' || ping === undefined || auth === undefined) return null;
  // A server that refuses everything refuses the marks too.
  if (rest[0] !== '=whoami') return { ping, auth, answers: new Map() };
  const answers = sections(rest);
  return answers && rest.at(-1) === '=end' ? { ping, auth, answers } : null;
}

/** Null: something stands before the first, or a question that was asked twice got two answers. */
function sections(lines: string[]): Map<string, string[]> | null {
  const found: [string, string[]][] = [];
  for (const line of lines) {
    if (line.startsWith('=')) found.push([line.slice(1), []]);
    else if (found.length === 0) return null;
    else found.at(-1)![1].push(line);
  }
  const unique = new Map(found);
  return found.every(([question, answer]) => unique.get(question)!.join('\n') === answer.join('\n')) ? unique : null;
}

/**
 * What came of the second round: categories of commands, then two logins for each pair, the other's inbox first. Each begins with a
 * RESET, which every user may. An empty answer prints no line that can be told from none, so it is the empty text.
 */
export function parseLogins(
  lines: string[],
  pairs: Pair[],
): { logins: Login[] | null; categories: Map<string, string[]> } | null {
  const [first = [], ...blocks] = split(lines);
  const categories = sections(first.slice(1));
  if (!categories || !['OK', 'PONG'].includes(first[0] ?? '')) return null;
  const wanted = pairs.flatMap((pair) => [pair.other, pair.own].map((inbox) => ({ ...pair, inbox })));
  const last = blocks.pop();
  const whole = last?.length === 0 && blocks.length === wanted.length && blocks.every((each) => each.length <= 2);
  const logins = wanted.map((each, at) => ({ ...each, auth: blocks[at]?.[0] ?? '', reply: blocks[at]?.[1] ?? '' }));
  return { categories: known(categories), logins: whole ? logins : null };
}

/** A category that this server does not know is none. */
function known(categories: Map<string, string[]>): Map<string, string[]> {
  const names = [...categories].map(
    ([category, lines]) => [category, lines.length === 1 ? lines[0]!.split(' ') : []] as const,
  );
  return new Map(
    names
      .filter(([, each]) => each.length > 0 && each.every((name) => /^[a-z0-9|._-]+$/.test(name)))
      .map(([c, n]) => [c, [...n]]),
  );
}

function split(lines: string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line === 'RESET') blocks.push([]);
    else blocks.at(-1)!.push(line);
  }
  return blocks;
}
