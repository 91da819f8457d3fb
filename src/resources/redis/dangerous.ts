import { unknown, value, type Told } from '../said.ts';
import type { AclUser } from './acl.ts';
import { dangerous, nosy } from './questions.ts';
import { dryRun } from './reply.ts';
import { riskyIn } from './risky.ts';
import type { Seen } from './seen.ts';

/**
 * Asked command by command, and computed from the user's rules, for nobody knows every command of every server by name.
 * What the template itself allows and is good to know stands in the note. `user` is null when its rules could not be read.
 */
export function dangerousOf(name: string, user: AclUser | null, seen: Seen): Told {
  const may = (command: string) => dryRun(seen.session!.answers.get(`${name} ${command}`), '');
  const asked = permitted(dangerous, may);
  const computed = user && riskyOf(user, seen);
  const found = [...asked, ...(computed ?? []).filter((each) => !asked.some((command) => isOf(command, each)))];
  const unclear = unclearIn(may) ?? (computed ? null : 'ACL LIST and ACL CAT do not say what the rules give');
  if (found.length === 0 && unclear !== null) return unknown(unclear);
  const known = permitted(nosy, may);
  return value(found, known.length > 0 ? `the template's categories also give ${known.join(', ')}` : undefined);
}

type May = (command: string) => Told;

function permitted(commands: string[], may: May): string[] {
  return commands.filter((command) => {
    const told = may(command);
    return told.state === 'value' && told.value === 'permitted';
  });
}

/** FUNCTION is unknown to some forks, DEBUG and MODULE may be compiled out: what is not there cannot be run. */
function unclearIn(may: May): string | null {
  for (const command of dangerous) {
    const told = may(command);
    if (told.state === 'unknown' && !/^ERR Command '.*' not found/.test(told.message))
      return `${command}: ${told.message}`;
  }
  return null;
}

/** In brackets, too. Null: a category is not known. */
function riskyOf({ commands, selectors }: AclUser, { categories }: Seen): string[] | null {
  const found = [commands, ...selectors.map((each) => each.commands)].map((rules) => riskyIn(rules, categories));
  return found.includes(null) ? null : [...new Set(found.flatMap((each) => each!))].sort();
}

/** `CONFIG SET dir /` is `config|set`. */
function isOf(command: string, name: string): boolean {
  return `${command.toLowerCase()} `.startsWith(`${name.replace('|', ' ')} `);
}
