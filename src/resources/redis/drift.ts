import { unknown, value, type Told } from '../said.ts';
import { parseAclUser, type AclUser, type Rights } from './acl.ts';
import { allowed, type Categories } from './commands.ts';
import type { Rule, Seen } from './seen.ts';

/** Without a line in the file, this is what the default user becomes (redis.io, "Access control list"). */
const initial = 'user default on nopass ~* &* +@all';

/** What differs between the users that Redis has and those that the file would give it at the next start. */
export function drift({ rules, session, categories }: Seen): Told {
  if (rules.length === 0) return unknown('the file could not be read, or is empty');
  const lines = rules.filter(({ text }) => text !== '');
  // Redis before 8.8 takes comments for mistakes, and does not start with one.
  const odd = lines.find(({ text }) => !text.startsWith('user '));
  if (odd) return value([`line ${odd.line} is not "user …": Redis would not start with it`]);
  const file = lines.map((each) => ({ ...each, user: parseAclUser(each.text) }));
  const unread = file.find(({ user }) => !user);
  if (unread) return unknown(`line ${unread.line} could not be understood`);
  const twice = file.find(({ user }, at) => file.findIndex((each) => each.user!.name === user!.name) < at);
  if (twice) return value([`line ${twice.line} names ${twice.user!.name} again: Redis would not start with it`]);
  const now = session!.answers.get('list')!.map(parseAclUser);
  if (now.includes(null)) return unknown('a user of ACL LIST could not be read');
  return compare(now as AclUser[], withDefault(file.map(({ line, user }) => ({ line, user: user! }))), categories);
}

interface Stored {
  line: Rule['line'];
  user: AclUser;
}

function withDefault(stored: Stored[]): Stored[] {
  const named = stored.some(({ user }) => user.name === 'default');
  return named ? stored : [...stored, { line: 0, user: parseAclUser(initial)! }];
}

function compare(now: AclUser[], stored: Stored[], categories: Categories): Told {
  const differences: string[] = [];
  let unclear: string | null = null;
  for (const user of now) {
    const match = stored.find((each) => each.user.name === user.name);
    const what = match ? differing(user, match.user, categories) : ['is not in the file'];
    if (what === null) unclear = `the commands of ${user.name} could not be compared`;
    else if (what.length > 0)
      differences.push(`${user.name}${match?.line ? ` (line ${match.line})` : ''}: ${what.join(', ')}`);
  }
  const gone = stored.filter(({ user }) => !now.some((each) => each.name === user.name));
  differences.push(...gone.map(({ line, user }) => `${user.name} (line ${line}): Redis does not have this user`));
  return unclear && differences.length === 0 ? unknown(unclear) : value(differences);
}

/** Null: cannot be told. */
function differing(now: AclUser, stored: AclUser, categories: Categories): string[] | null {
  const rights = compareRights(now, stored, categories);
  const selectors = compareSelectors(now.selectors, stored.selectors, categories);
  const found = [
    ...(now.on === stored.on ? [] : [now.on ? 'is on, off in the file' : 'is off, on in the file']),
    ...(now.nopass === stored.nopass ? [] : ['nopass']),
    ...(same(now.passwords, stored.passwords) ? [] : ['passwords']),
    ...(now.skipSanitize === stored.skipSanitize ? [] : ['sanitize-payload']),
    ...rights.found,
    ...selectors.found,
  ];
  return found.length === 0 && (rights.unclear || selectors.unclear) ? null : found;
}

interface Difference {
  found: string[];
  unclear: boolean;
}

function compareRights(now: Rights, stored: Rights, categories: Categories): Difference {
  const commands = sameCommands(now.commands, stored.commands, categories);
  const found = [
    ...(same(now.keys, stored.keys) ? [] : [`keys ${now.keys.join(' ') || 'none'}`]),
    ...(same(now.channels, stored.channels) ? [] : [`channels ${now.channels.join(' ') || 'none'}`]),
    ...(commands === false ? [`commands ${now.commands.join(' ')}`] : []),
  ];
  return { found, unclear: commands === null };
}

/** Redis keeps them in order. */
function compareSelectors(now: Rights[], stored: Rights[], categories: Categories): Difference {
  if (now.length !== stored.length) return { found: [`${now.length} selectors`], unclear: false };
  const all = now.map((each, at) => compareRights(each, stored[at]!, categories));
  return {
    found: all.flatMap(({ found }) => found).map((each) => `in a selector ${each}`),
    unclear: all.some(({ unclear }) => unclear),
  };
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** Redis 7.0 says a user's commands in its own words, so the sets are compared, not the rules. Null: cannot be told. */
function sameCommands(now: string[], stored: string[], categories: Categories): boolean | null {
  if (now.join(' ') === stored.join(' ')) return true;
  const [a, b] = [now, stored].map((rules) => allowed(rules, categories));
  if (!a || !b) return null;
  return a.all === b.all && same([...a.names], [...b.names]);
}
