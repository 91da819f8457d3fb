import type { Observation } from '../../model/observation.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { parseAclUser, type AclUser } from './acl.ts';
import type { RedisOptions } from './options.ts';
import type { Seen } from './seen.ts';
import { closed } from './server.ts';

/** Passwords of all users who can log in, as far as their hashes tell. */
export function readPasswords(options: RedisOptions, probe: string, seen: Seen): Observation[] {
  const why = closed(options, seen);
  const labels: Record<string, string> = {
    placeholder_passwords: 'the list of users with a well-known password',
    shared_passwords: 'the list of users who share a password',
    passwordless_users: 'the list of users without a password',
  };
  const told = why ? null : tell(seen);
  const all = told ?? Object.fromEntries(Object.keys(labels).map((fact) => [fact, why!]));
  return observe(probe, (fact) => labels[fact]!, all);
}

function tell(seen: Seen): Record<string, Told> {
  const users = seen.session!.answers.get('list')!.map(parseAclUser);
  const on = users.filter((user): user is AclUser => user !== null && user.on);
  const unread = users.includes(null);
  // A list of which a part is missing is not known to be empty; what is on it is on it.
  const list = (found: string[]) =>
    found.length === 0 && unread ? unknown('a user of ACL LIST could not be read') : value(found);
  return {
    placeholder_passwords: list(on.flatMap(weak)),
    shared_passwords: list(shared(on)),
    passwordless_users: list(on.filter(({ nopass }) => nopass).map(({ name }) => name)),
  };
}

function weak({ name, passwords }: AclUser): string[] {
  const words = passwords.filter((each) => each.includes('='));
  return words.map((each) => `${name} (${each.slice(each.indexOf('=') + 1) || 'the empty password'})`);
}

function shared(users: AclUser[]): string[] {
  const all = users.flatMap(({ name, passwords }) => passwords.map((each) => [each.split('=')[0]!, name] as const));
  const holders = new Map<string, string[]>();
  for (const [number, name] of all) holders.set(number, [...(holders.get(number) ?? []), name]);
  return [...holders.values()].filter((names) => names.length > 1).map((names) => names.sort().join(' and '));
}
