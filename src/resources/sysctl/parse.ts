import { parseLine, type Assignment } from './merge.ts';

/** What assigns parameters at boot, in the order in which that happens. */
export interface Persisted {
  kernel: Assignment[];
  /** sysctl.d merged; empty when systemd-sysctl does not run at boot. */
  systemd: Assignment[];
  /** UFW's own file, which it applies when it starts. */
  ufw: Assignment[];
  /** Null: whether UFW starts at boot could not be told. */
  ufwStarts: boolean | null;
}

interface Lines {
  boot?: string;
  unit?: string;
  how: string[];
  ufw?: string;
  late?: string;
  kernel: Assignment[];
  files: string[];
  content: Map<string, Assignment[]>;
}

/** Reads `sysctl.persisted`. Null: the text is not what the probe prints, in whole or in part. */
export function parsePersisted(stdout: string): Persisted | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const read: Lines = { how: [], kernel: [], files: [], content: new Map() };
  let current: string | null = null;
  for (const line of lines) {
    const at = line.indexOf('|');
    const [word, rest] = [line.slice(0, at), line.slice(at + 1)];
    if (word === 'in') current = rest;
    else if (/^\d+$/.test(word) && current !== null) add(read.content, current, parseLine(rest, `${current}:${word}`));
    else if (at < 0 || !readHead(word, rest, read)) return null;
  }
  return put(read);
}

function add(content: Lines['content'], file: string, assignment: Assignment | null): void {
  const list = content.get(file) ?? [];
  content.set(file, list);
  if (assignment) list.push(assignment);
}

function readHead(word: string, rest: string, into: Lines): boolean {
  const kernel = word === 'kernel' ? parseLine(rest, '/proc/cmdline') : null;
  if (kernel) into.kernel.push(kernel);
  else if (word === 'file') into.files.push(rest);
  else if (word === 'how') into.how.push(rest);
  else if (word === 'boot' || word === 'unit' || word === 'ufw' || word === 'late') into[word] = rest;
  else return word === 'kernel';
  return true;
}

/** Only `static` (or enabled) is a unit that runs at boot, and only systemd's own `masked` proves that it does not. */
function put({ boot, unit, how, ufw, late, kernel, files, content }: Lines): Persisted | null {
  if (boot !== 'systemd' || !unit || !/^(static|enabled|masked|disabled)$/.test(unit)) return null;
  if (unit !== 'masked' && !isAsShipped(how)) return null;
  const runs = unit === 'static' || unit === 'enabled';
  const systemd = runs ? inOrder(files).flatMap((file) => content.get(file) ?? []) : [];
  const ufwFile = late === undefined ? [] : (content.get(late) ?? []);
  return { kernel, systemd, ufw: ufwFile, ufwStarts: starts(ufw) };
}

/** Another command, file or drop-in may apply anything, or nothing: it is not for us to tell. */
function isAsShipped(how: string[]): boolean {
  const shipped = [
    /^ExecStart=\{ path=(\/usr)?\/lib\/systemd\/systemd-sysctl ; argv\[\]=(\/usr)?\/lib\/systemd\/systemd-sysctl$/,
    /^FragmentPath=(\/usr)?\/lib\/systemd\/system\/systemd-sysctl\.service$/,
    /^DropInPaths=$/,
  ];
  return how.length === shipped.length && shipped.every((pattern) => how.some((line) => pattern.test(line)));
}

function starts(ufw: string | undefined): boolean | null {
  const [state, wanted] = (ufw ?? 'not-found|').split('|');
  if (wanted !== 'yes' && wanted !== 'YES') return false;
  return /^(enabled|disabled|masked)$/.test(state!) ? state === 'enabled' : null;
}

/** Files by name, whatever their directory; of equal names the first directory's hides the others (sysctl.d(5)). */
function inOrder(files: string[]): string[] {
  const byName = new Map<string, string>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (!byName.has(name)) byName.set(name, file);
  }
  const bytes = (text: string) => Buffer.from(text);
  return [...byName].toSorted(([a], [b]) => Buffer.compare(bytes(a), bytes(b))).map(([, file]) => file);
}
