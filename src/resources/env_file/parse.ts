/** What the reduced text says. */
export interface Parsed {
  /** The .env file's keys; null when it could not be read. */
  main: { keys: number; placeholders: string[]; unclear: string[] } | null;
  /** Proven not to be there. */
  mainGone: boolean;
  copies: { name: string; mode: string; owner: string }[];
  sharing: string[];
  /** What stopped the search for copies, if anything did. */
  unsearched: string | null;
  /** Null when git did not say. */
  tracked: string[] | null;
  gitWords: string | null;
}

const gone = /: (No such file or directory|Not a directory)$/;

/** Reads what `reduce` left. Null: it is not of that form, in whole or in part; `none`: there is no such directory. */
export function parse(stdout: string): Parsed | { none: true } | { unclear: string } | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const first = lines.shift() ?? '';
  if (first.startsWith('none|')) return gone.test(first) ? { none: true } : { unclear: first.slice(5) };
  if (first !== 'dir') return null;
  const parsed: Parsed = {
    ...{ main: null, mainGone: false, copies: [], sharing: [], unsearched: null },
    ...{ tracked: null, gitWords: 'git said nothing' },
  };
  let template = '';
  for (const line of lines) {
    const at = line.indexOf('|');
    const [word, rest] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    if (word === 'template') template = rest.split('|').slice(4).join('|');
    if (!take(word, rest, template, parsed)) return null;
  }
  return parsed;
}

function take(word: string, rest: string, template: string, into: Parsed): boolean {
  switch (word) {
    case 'main':
      into.main = /\|regular (empty )?file$/.test(rest) ? { keys: 0, placeholders: [], unclear: [] } : null;
      return true;
    case 'nomain':
      into.mainGone = gone.test(rest);
      return true;
    case 'key':
    case 'unclear':
      return takeKey(word, rest.split('|'), into);
    case 'template':
      return readCopy(rest) !== null;
    case 'copy':
      return takeCopy(rest, into);
    case 'shares':
      if (rest === 'yes') into.sharing.push(template);
      return rest === 'yes' || rest === 'no';
    case 'long':
      return takeLong(into, template);
    case 'odd':
    case 'lost':
      into.unsearched = 'every name in it';
      return true;
    default:
      return takeGit(word, rest, into);
  }
}

/** Belongs to what came before it: the .env file is first, templates come later. */
function takeLong(into: Parsed, template: string): boolean {
  if (template === '') into.main?.unclear.push('what lies behind 64 KiB');
  else into.unsearched = `${template}, which is longer than 64 KiB`;
  return true;
}

function takeKey(word: string, [name, state]: string[], { main }: Parsed): boolean {
  if (!main || !name) return false;
  if (word === 'unclear') return main.unclear.push(name) > 0;
  main.keys++;
  if (state === 'placeholder') main.placeholders.push(name);
  return ['placeholder', 'empty', 'set'].includes(state ?? '');
}

function takeCopy(rest: string, into: Parsed): boolean {
  const copy = readCopy(rest);
  if (copy && copy.file) into.copies.push({ name: copy.name, mode: copy.mode, owner: copy.owner });
  return copy !== null;
}

function readCopy(text: string) {
  const match = /^([0-7]{1,4})\|(\d+)\|([^|]*)\|([a-z -]+)\|(\/.*)$/.exec(text);
  if (!match) return null;
  const [, mode, uid, user, type, name] = match as unknown as [string, string, string, string, string, string];
  // Another account that passwd calls root is not root.
  const owner = uid === '0' ? 'root' : user === 'root' || user === 'UNKNOWN' || user === '' ? uid : user;
  return {
    name: name.replace(/^\/\/|(?<=.)\/\//g, '/'),
    mode: mode.padStart(4, '0'),
    owner,
    file: type.startsWith('regular'),
  };
}

/** Git's own words prove that there is no repository, and so does no git and no `.git` on the way up, which comes empty. */
function takeGit(word: string, rest: string, into: Parsed): boolean {
  if (word === 'tracked') return into.tracked !== null && (isTemplate(rest) || into.tracked.push(rest) > 0);
  if (word !== 'git' && word !== 'nogit') return false;
  const none = word === 'git' || rest === '' || rest.startsWith('fatal: not a git repository (or any');
  into.tracked = none ? [] : null;
  into.gitWords = none ? null : rest;
  return true;
}

function isTemplate(path: string): boolean {
  return /\.(example|template|sample|dist|tmpl)"?$/.test(path);
}
