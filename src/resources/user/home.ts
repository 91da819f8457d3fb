import { absent, unknown, value, type Told } from '../said.ts';

/** What `stat -L` saw of the home directory. Owners are told apart by number: two accounts may share a name for one. */
export function homeFacts(name: string, uid: string, home: string, seen: string | null): Record<string, Told> {
  const told = { home: home ? value(home) : absent(`the account ${name} names no home directory`) };
  if (!home) return { ...told, home_exists: value(false, 'it names none'), home_owner: told.home };
  if (/: (No such file or directory|Not a directory)$/.test(seen ?? '')) {
    return { ...told, home_exists: value(false, home), home_owner: absent(`${home} does not exist`) };
  }
  const [type, owner, ownerName] = seen?.split('|') ?? [];
  if (!type || !/^\d+$/.test(owner ?? '') || !ownerName) {
    const why = unknown(seen || `stat said nothing of ${home}`);
    return { ...told, home_exists: why, home_owner: why };
  }
  const isDirectory = type === 'directory';
  return {
    ...told,
    home_exists: value(isDirectory, isDirectory ? undefined : `${home} is a ${type}`),
    home_owner: value(owner === uid ? name : nameOf(owner!, ownerName), undefined, home),
  };
}

function nameOf(id: string, name: string): string {
  return id === '0' ? 'root' : name === 'root' || name === 'UNKNOWN' ? id : name;
}
