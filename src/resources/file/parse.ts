/** What the probe saw of the path itself. */
export interface Seen {
  mode: string;
  size: number;
  type: string;
  owner: string;
  group: string;
}

/** One directory or link on the way to it. */
export interface Step {
  path: string;
  mode: number;
  owner: string;
  link: boolean;
}

export interface Parsed {
  /** The thing itself; or why there is nothing to see, in `stat`'s words. */
  seen: Seen | { none: string } | null;
  /** What the link says, `false` for no link, null for not told. */
  target: string | false | null;
  steps: Step[];
  /** What ended the walk early, if anything did. */
  cut: string | null;
  /** A directory on the way that is not there. */
  gone: string | null;
  /** Entries beyond the three of every file; null for not told. */
  acl: string[] | null;
}

/** Reads the probe's lines. Null: the text is not what the probe prints, in whole or in part. */
export function parse(stdout: string): Parsed | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const parsed: Parsed = { seen: null, target: null, steps: [], cut: null, gone: null, acl: null };
  while (lines.length) if (!readLine(lines, parsed)) return null;
  return parsed.seen ? parsed : null;
}

function readLine(lines: string[], into: Parsed): boolean {
  const line = lines.shift()!;
  const [word] = line.split('|', 1);
  const rest = line.slice(word!.length + 1);
  switch (word) {
    case 'file':
      return (into.seen = readSeen(rest)) !== null;
    case 'none':
      into.seen = { none: rest };
      return true;
    case 'link':
      return (into.target = readTarget(rest)) !== null;
    case 'nolink':
      into.target = false;
      return true;
    case 'way':
      return readStep(rest, into.steps);
    case 'gone':
      into.gone = rest;
      return true;
    case 'loop':
    case 'odd':
    case 'lost':
      into.cut = word;
      return true;
    case 'getfacl':
      return (into.acl = readEntries(lines.splice(0))) !== null;
    case 'ls':
      into.acl = /^[a-z-][r-][w-][xsS-][r-][w-][xsS-][r-][w-][xtT-][ .]$/.test(rest) ? [] : null;
      return true;
    case 'noacl':
      return true;
    default:
      return false;
  }
}

function readSeen(text: string): Seen | null {
  const match = /^([0-7]{1,4})\|(\d+)\|(\d+)\|(\d+)\|([a-z -]+)\|([^|]*)\|([^|]*)$/.exec(text);
  const type = match && types[match[5]!];
  if (!match || !type) return null;
  const [, mode, size, uid, gid, , user, group] = match as unknown as string[];
  return {
    mode: mode!.padStart(4, '0'),
    size: Number(size),
    type,
    owner: nameOf(Number(uid), user!),
    group: nameOf(Number(gid), group!),
  };
}

/** The words of coreutils' `stat` (file_type() of gnulib). */
const types: Record<string, string> = {
  'regular file': 'file',
  'regular empty file': 'file',
  directory: 'directory',
  'symbolic link': 'symlink',
  socket: 'socket',
  fifo: 'fifo',
  'block special file': 'block device',
  'character special file': 'character device',
};

/** Id 0 is root whatever passwd calls it, and nothing else is; `UNKNOWN` is what `stat` says for an id without a name. */
function nameOf(id: number, name: string): string {
  if (id === 0) return 'root';
  return name === 'root' || name === 'UNKNOWN' || name === '' ? String(id) : name;
}

/** The line breaks of a target come as \x01; the last one is `readlink`'s own. */
function readTarget(text: string): string | null {
  return text.endsWith('\x01') ? text.slice(0, -1).replaceAll('\x01', '\n') : null;
}

function readStep(text: string, into: Step[]): boolean {
  const match = /^([0-7]{1,4})\|(\d+)\|(directory|symbolic link)\|([^|]*)\|(\/.*)$/.exec(text);
  if (!match) return false;
  const [, mode, uid, type, user, path] = match as unknown as string[];
  into.push({
    path: path!,
    mode: Number.parseInt(mode!, 8),
    owner: nameOf(Number(uid), user!),
    link: type === 'symbolic link',
  });
  return true;
}

/** Every entry but the three of every file and the mask, which only narrows. All three must be there. */
function readEntries(lines: string[]): string[] | null {
  const entries = lines.filter((line) => line !== '');
  if (!entries.every((entry) => /^(default:)?(user|group|mask|other):[^:]*:[r-][w-][xst-]$/i.test(entry))) return null;
  if (!['user::', 'group::', 'other::'].every((own) => entries.some((entry) => entry.startsWith(own)))) return null;
  return entries.filter((entry) => !/^(user|group|mask|other)::/.test(entry));
}
