/** What one set of rules gives. */
export interface Rights {
  /** Key patterns with their permission: `~fleet:*`, `%R~fleet:*`. */
  keys: string[];
  channels: string[];
  /** Rules about commands, in order. */
  commands: string[];
}

/** What a user may, as an ACL file or `ACL LIST` says it; see redis.io, "Access control list". */
export interface AclUser extends Rights {
  name: string;
  on: boolean;
  nopass: boolean;
  /** Numbers of passwords, with the word behind a known one: `2`, `3=changeme`. */
  passwords: string[];
  skipSanitize: boolean;
  /** Each a second user inside the first: what it allows is allowed, whatever the rules outside say. */
  selectors: Rights[];
}

/** Reads `user NAME rule…`. Null: a rule that is not known, so what the user may is not known either. */
export function parseAclUser(line: string): AclUser | null {
  const [first, name, ...rest] = line.split(' ').filter((word) => word !== '');
  if (first !== 'user' || !name) return null;
  const user: AclUser = { name, ...fresh() };
  while (rest.length > 0) {
    if (!(rest[0]!.startsWith('(') ? takeSelector(user, rest) : applyToUser(user, rest.shift()!))) return null;
  }
  return user;
}

/** Keys that the user reaches by any of its rules. */
export function allPatterns({ keys, selectors }: AclUser): string[] {
  return [keys, ...selectors.map((each) => each.keys)].flat().map((each) => each.slice(each.indexOf('~') + 1));
}

export function allChannels({ channels, selectors }: AclUser): string[] {
  return [channels, ...selectors.map((each) => each.channels)].flat();
}

function fresh(): Omit<AclUser, 'name'> {
  return { on: false, nopass: false, passwords: [], skipSanitize: false, selectors: [], ...noRights() };
}

function noRights(): Rights {
  return { keys: [], channels: [], commands: [] };
}

/** From the word that opens it to the one that closes it. */
function takeSelector(user: AclUser, words: string[]): boolean {
  const end = words.findIndex((word) => word.endsWith(')'));
  if (end < 0) return false;
  const text = words
    .splice(0, end + 1)
    .join(' ')
    .slice(1, -1);
  const rights = noRights();
  user.selectors.push(rights);
  return text
    .split(' ')
    .filter((word) => word !== '')
    .every((word) => applyRights(rights, word));
}

function applyToUser(user: AclUser, word: string): boolean {
  const known = switches[word.toLowerCase()];
  if (known) known(user);
  else if (/^#\d/.test(word)) addPassword(user, word.slice(1));
  else if (/^!\d/.test(word)) user.passwords = user.passwords.filter((each) => each !== word.slice(1));
  else return applyRights(user, word);
  return true;
}

function addPassword(user: AclUser, password: string): void {
  add(user.passwords, password);
  user.nopass = false;
}

const switches: Record<string, (user: AclUser) => void> = {
  on: (user) => (user.on = true),
  off: (user) => (user.on = false),
  nopass: (user) => Object.assign(user, { nopass: true, passwords: [] }),
  resetpass: (user) => Object.assign(user, { nopass: false, passwords: [] }),
  'sanitize-payload': (user) => (user.skipSanitize = false),
  'skip-sanitize-payload': (user) => (user.skipSanitize = true),
  clearselectors: (user) => (user.selectors = []),
  reset: (user) => Object.assign(user, fresh()),
};

function applyRights(rights: Rights, word: string): boolean {
  const known = shorthands[word.toLowerCase()];
  if (known) known(rights);
  else if (word.startsWith('~')) add(rights.keys, word);
  else if (/^%(R|W|RW|WR)~/i.test(word)) add(rights.keys, permission(word));
  else if (word.startsWith('&')) add(rights.channels, word.slice(1));
  else if (/^[+-]@?[\w|.-]+$/.test(word)) rights.commands.push(word.toLowerCase());
  else return false;
  return true;
}

const shorthands: Record<string, (rights: Rights) => void> = {
  allkeys: (rights) => add(rights.keys, '~*'),
  resetkeys: (rights) => (rights.keys = []),
  allchannels: (rights) => add(rights.channels, '*'),
  resetchannels: (rights) => (rights.channels = []),
  allcommands: (rights) => rights.commands.push('+@all'),
  nocommands: (rights) => rights.commands.push('-@all'),
};

function add(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}

function permission(rule: string): string {
  const [letters, pattern] = [rule.slice(1, rule.indexOf('~')).toUpperCase(), rule.slice(rule.indexOf('~'))];
  return letters.length === 2 ? pattern : `%${letters}${pattern}`;
}
