import { absent, one, unknown, value, type Told } from '../said.ts';
import type { Account } from './account.ts';

/** What `stat -L` saw of the home directory. Owners are told apart by number: two accounts may share a name for one. */
export function homeFacts(name: string, uid: string, home: string, account: Account): Record<string, Told> {
  const none = absent(`the account ${name} names no home directory`);
  if (!home) return { home: none, home_exists: value(false, 'it names none'), home_owner: none, home_mode: none };
  const told = { home: value(home) };
  const seen = one(account.home) ?? '';
  if (isGone(seen)) {
    const gone = absent(`${home} does not exist`);
    return { ...told, home_exists: value(false, home), home_owner: gone, home_mode: gone };
  }
  const [type, owner, ownerName] = seen.split('|');
  const mode = one(account.homemode) ?? '';
  if (!type || !/^\d+$/.test(owner ?? '') || !ownerName || !/^[0-7]{1,4}$/.test(mode)) {
    const why = unknown(seen || `stat said nothing of ${home}`);
    return { ...told, home_exists: why, home_owner: why, home_mode: why };
  }
  const isDirectory = type === 'directory';
  return {
    ...told,
    home_exists: value(isDirectory, isDirectory ? undefined : `${home} is a ${type}`),
    home_owner: value(owner === uid ? name : nameOf(owner!, ownerName), undefined, home),
    home_mode: value(mode.padStart(4, '0'), undefined, home),
  };
}

/** What `stat -L` saw of .ssh in the home directory; where it is a link, that is said beside it. */
export function sshDirFacts(name: string, uid: string, home: string, account: Account): Record<string, Told> {
  const path = `${home}/.ssh`;
  const seen = one(account.sshdir) ?? '';
  if (isGone(seen) && home) return sshDir(absent(`${path} does not exist`));
  const match = /^([0-7]{1,4})\|(\d+)\|(\d+)\|([a-z -]+)\|([^|]+)\|([^|]+)$/.exec(seen);
  if (!match) return sshDir(unknown(seen || `stat said nothing of ${path}`));
  const [, mode, owner, gid, type, ownerName, groupName] = match as unknown as string[];
  const target = one(account.sshlink);
  const note = target === null ? undefined : `${path} is a link to ${target}`;
  return {
    ssh_dir_type: value(type, note, path),
    ssh_dir_mode: value(mode!.padStart(4, '0'), note, path),
    ssh_dir_owner: value(owner === uid ? name : nameOf(owner!, ownerName!), note, path),
    ssh_dir_group: value(nameOf(gid!, groupName!), note, path),
  };
}

function sshDir(told: Told): Record<string, Told> {
  return { ssh_dir_type: told, ssh_dir_mode: told, ssh_dir_owner: told, ssh_dir_group: told };
}

function isGone(words: string): boolean {
  return /: (No such file or directory|Not a directory)$/.test(words);
}

function nameOf(id: string, name: string): string {
  return id === '0' ? 'root' : name === 'root' || name === 'UNKNOWN' ? id : name;
}
