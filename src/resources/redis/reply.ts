import { unknown, value, type Told } from '../said.ts';

/** What a user may do with a key or a channel; `NOPERM` has several meanings, and only one of them proves that ACLs part the assets. */
export const permissions = ['permitted', 'noperm-key', 'noperm-channel', 'noperm-command'] as const;

/** What `ACL DRYRUN` says. `on` is the key or channel that the question was about; the words differ between 7.0 and 7.2. */
export function dryRun(lines: string[] | undefined, on: string): Told {
  const [line] = lines ?? [];
  if (line === undefined || lines!.length !== 1) return unknown('it was not answered');
  if (line === 'OK') return value('permitted');
  const [, what, name, kind] =
    /^(?:This user|User \S+) has no permissions to (access|run) the '(.*)' (key|channel|command)$/.exec(line) ?? [];
  if (what === 'run' && kind === 'command') return value('noperm-command', line);
  if (what === 'access' && name === on && kind !== 'command') return value(`noperm-${kind}`, line);
  return unknown(line, /^NO(AUTH|PERM)\b/.test(line) ? 'denied' : 'unparsable');
}

/** What a user who logged in got for `GETRANGE key 0 0`: one byte at most, so that no message in an inbox can be taken for a refusal. */
export function live(auth: string, reply: string): Told {
  if (auth !== 'OK') return unknown(`it could not log in: ${auth}`, 'denied');
  if (/^NOPERM (this user has no permissions to access one of the keys|No permissions to access a key)/i.test(reply)) {
    return value('noperm-key', reply);
  }
  if (/^NOPERM .* to run the '.*' command/.test(reply)) return value('noperm-command', reply);
  if (reply === '' || reply === '?' || reply.startsWith('WRONGTYPE ')) return value('permitted');
  return unknown(reply);
}
