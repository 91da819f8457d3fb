import { unknown, value, type Told } from '../said.ts';
import { outside, parseAclUser, type AclUser } from './acl.ts';
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
  const commands = sameCommands(now.commands, stored.commands, categories);
  const found = [
    ...(now.on === stored.on ? [] : [now.on ? 'is on, off in the file' : 'is off, on in the file']),
    ...(now.nopass === stored.nopass ? [] : ['nopass']),
    ...(same(now.passwords, stored.passwords) ? [] : ['passwords']),
    ...(same(now.keys, stored.keys) ? [] : [`keys ${now.keys.join(' ') || 'none'}`]),
    ...(same(now.channels, stored.channels) ? [] : [`channels ${now.channels.join(' ') || 'none'}`]),
    ...(now.skipSanitize === stored.skipSanitize ? [] : ['sanitize-payload']),
    ...(commands === false ? [`commands ${now.commands.join(' ')}`] : []),
  ];
  return commands === null && found.length === 0 ? null : found;
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** Redis 7.0 says a user's commands in its own words, so the sets are compared, not the rules. Null: cannot be told. */
function sameCommands(now: string[], stored: string[], categories: Categories): boolean | null {
  if (now.join(' ') === stored.join(' ')) return true;
  if (now.includes('(') || stored.includes('('))
    return selectors(now) === selectors(stored) ? sameRoot(now, stored, categories) : null;
  return sameRoot(now, stored, categories);
}

function sameRoot(now: string[], stored: string[], categories: Categories): boolean | null {
  const [a, b] = [now, stored].map((rules) => allowed(outside(rules), categories));
  if (!a || !b) return null;
  return a.all === b.all && same([...a.names], [...b.names]);
}

function selectors(rules: string[]): string {
  return (
    rules
      .join(' ')
      .match(/\([^)]*\)/g)
      ?.join(' ') ?? ''
  );
}
