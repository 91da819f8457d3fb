import type { Said } from '../said.ts';
import { knownOptions } from './entry.ts';

export const words = [
  'now',
  'code',
  'account',
  'who',
  'unclear',
  'conf',
  'failed',
  'path',
  'odd',
  'link',
  'stat',
  'dir',
  'entry',
  'key',
  'read',
] as const;
export type Seen = Said<(typeof words)[number]>;

/** One file that sshd reads for the account. */
export interface KeyFile {
  path: string;
  /** Null: there is no such file. */
  stat: Stat | null;
  link: string | null;
  strict: boolean;
  /** Why not strict: the path that others could write to. */
  open: string | null;
  /** The account itself may read it: sshd opens it as the account, not as root. */
  readable: boolean;
  entries: Entry[];
}

interface Account {
  user: string;
  uid: string;
  gid: string;
}

interface Stat {
  type: string;
  mode: string;
  owner: string;
  group: string;
}

/** One line that is neither empty nor a comment. */
export interface Entry {
  where: string;
  options: string[];
  /** Null: sshd cannot use the line. */
  key: { bits: number; fingerprint: string; comment: string; type: string } | null;
}

/** Every file, in the order in which they were asked for. A string says why it cannot be told. */
export function parseFiles(account: Account, seen: Seen): KeyFile[] | string {
  const files = seen.path.map((path, index) => readFile(account, path, `${index + 1}|`, seen));
  return files.find((each) => typeof each === 'string') ?? (files as KeyFile[]);
}

function readFile({ user, uid, gid }: Account, path: string, tag: string, seen: Seen): KeyFile | string {
  const of = (lines: string[]) => lines.filter((line) => line.startsWith(tag)).map((line) => line.slice(tag.length));
  const [stat] = of(seen.stat);
  const link = of(seen.link)[0] ?? null;
  if (/: (No such file or directory|Not a directory)$/.test(stat ?? '')) {
    return { path, stat: null, link, strict: true, open: null, readable: false, entries: [] };
  }
  const match = /^([0-7]{1,4})\|(\d+)\|(\d+)\|([a-z -]+)\|([^|]+)\|([^|]+)$/.exec(stat ?? '');
  if (!match) return stat || `stat said nothing of ${path}`;
  const [, mode, owner, group, type, ownerName, groupName] = match as unknown as string[];
  const isFile = type!.startsWith('regular');
  if (isFile && !seen.read.includes(tag.slice(0, -1))) return `${path} could not be read`;
  const open = whoCouldWrite(uid, [`${mode}|${owner}|${path}`, ...of(seen.dir)]);
  if (open === undefined) return `the directories of ${path} could not be looked at`;
  const entries = readEntries(path, of(seen.entry), of(seen.key));
  if (!entries) return `the lines of ${path} could not be read`;
  return {
    path,
    stat: {
      type: isFile ? 'file' : type!,
      mode: mode!.padStart(4, '0'),
      owner: owner === uid ? user : nameOf(owner!, ownerName!),
      group: nameOf(group!, groupName!),
    },
    link,
    strict: open === null,
    open,
    readable: (Number.parseInt(mode!, 8) & (owner === uid ? 0o400 : group === gid ? 0o040 : 0o004)) !== 0,
    entries,
  };
}

function nameOf(id: string, name: string): string {
  return id === '0' ? 'root' : name === 'root' || name === 'UNKNOWN' ? id : name;
}

/** As safe_path() of OpenSSH (misc.c) has it. Null: nobody; undefined: it could not be told. */
function whoCouldWrite(uid: string, steps: string[]): string | null | undefined {
  const read = steps.map((step) => /^([0-7]{1,4})\|(\d+)\|(\/.*)$/.exec(step));
  if (read.includes(null) || read.length < 2) return undefined;
  const bad = read.find(
    (each) => (each![2] !== '0' && each![2] !== uid) || (Number.parseInt(each![1]!, 8) & 0o022) !== 0,
  );
  return bad
    ? `${bad[3]} has mode ${bad[1]!.padStart(4, '0')} and owner ${bad[2] === '0' ? 'root' : `uid ${bad[2]}`}`
    : null;
}

function readEntries(path: string, entries: string[], keys: string[]): Entry[] | null {
  const read = entries.map((entry, index) => {
    const [line, options] = cut(entry);
    const [keyLine, key] = cut(keys[index] ?? '');
    return line === keyLine && /^\d+$/.test(line) ? toEntry(`${path}:${line}`, options, key) : null;
  });
  return read.includes(null) || entries.length !== keys.length ? null : (read as Entry[]);
}

function cut(text: string): [string, string] {
  const at = text.indexOf('|');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** `256 SHA256:… comment (ED25519)`: what ssh-keygen prints for a line that it understands. */
function toEntry(where: string, optionList: string, printed: string): Entry {
  const options = optionList === '' ? [] : optionList.split(',');
  const refused = options.some((each) => !knownOptions.has(each.split('=')[0]!));
  const match = /^(\d+) (SHA256:[A-Za-z0-9+/]{43}) (.*) \(([A-Z0-9-]+)\)$/.exec(printed);
  if (!match || refused) return { where, options, key: null };
  const [, bits, fingerprint, comment, type] = match as unknown as string[];
  return { where, options, key: { bits: Number(bits), fingerprint: fingerprint!, comment: comment!, type: type! } };
}
