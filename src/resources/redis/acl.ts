/** What a user may, as an ACL file or `ACL LIST` says it; see redis.io, "Access control list". */
export interface AclUser {
  name: string;
  on: boolean;
  nopass: boolean;
  /** Numbers of passwords, with the word behind a known one: `2`, `3=changeme`. */
  passwords: string[];
  /** Key patterns with their permission: `~fleet:*`, `%R~fleet:*`. Those of selectors count too. */
  keys: string[];
  channels: string[];
  /** Rules about commands, in order; each selector's in brackets. */
  commands: string[];
  skipSanitize: boolean;
}

/** Reads `user NAME rule…`. Null: a rule that is not known, so what the user may is not known either. */
export function parseAclUser(line: string): AclUser | null {
  const [first, name, ...rest] = line.split(' ').filter((word) => word !== '');
  if (first !== 'user' || !name) return null;
  const user: AclUser = {
    ...{ name, on: false, nopass: false, passwords: [], keys: [], channels: [], commands: [], skipSanitize: false },
  };
  return rest.every((word) => apply(user, word)) ? user : null;
}

function apply(user: AclUser, word: string): boolean {
  const opens = word.startsWith('(');
  const closes = word.endsWith(')');
  const rule = word.slice(opens ? 1 : 0, closes ? -1 : undefined);
  if (opens) user.commands.push('(');
  const done = rule === '' ? opens || closes : applyRule(user, rule);
  if (closes) user.commands.push(')');
  return done;
}

function applyRule(user: AclUser, rule: string): boolean {
  const known = words[rule.toLowerCase()];
  if (known) return (known(user), true);
  if (/^#\d/.test(rule)) return (add(user.passwords, rule.slice(1)), (user.nopass = false), true);
  if (/^!\d/.test(rule)) return ((user.passwords = user.passwords.filter((each) => each !== rule.slice(1))), true);
  if (rule.startsWith('~')) return (add(user.keys, rule), true);
  if (/^%(R|W|RW|WR)~/i.test(rule)) return (add(user.keys, permission(rule)), true);
  if (rule.startsWith('&')) return (add(user.channels, rule.slice(1)), true);
  if (/^[+-]@?[\w|.-]+$/.test(rule)) return (user.commands.push(rule.toLowerCase()), true);
  return false;
}

const words: Record<string, (user: AclUser) => void> = {
  on: (user) => (user.on = true),
  off: (user) => (user.on = false),
  nopass: (user) => ((user.nopass = true), (user.passwords = [])),
  resetpass: (user) => ((user.nopass = false), (user.passwords = [])),
  allkeys: (user) => add(user.keys, '~*'),
  resetkeys: (user) => (user.keys = []),
  allchannels: (user) => add(user.channels, '*'),
  resetchannels: (user) => (user.channels = []),
  allcommands: (user) => user.commands.push('+@all'),
  nocommands: (user) => user.commands.push('-@all'),
  clearselectors: (user) => (user.commands = outside(user.commands)),
  'sanitize-payload': (user) => (user.skipSanitize = false),
  'skip-sanitize-payload': (user) => (user.skipSanitize = true),
  reset: (user) =>
    Object.assign(user, {
      ...{ on: false, nopass: false, passwords: [], keys: [], channels: [], commands: [], skipSanitize: false },
    }),
};

function add(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}

function permission(rule: string): string {
  const [letters, pattern] = [rule.slice(1, rule.indexOf('~')).toUpperCase(), rule.slice(rule.indexOf('~'))];
  return letters.length === 2 ? pattern : `%${letters}${pattern}`;
}

/** Rules that stand in no selector. */
export function outside(commands: string[]): string[] {
  let inside = false;
  return commands.filter((each) => {
    if (each === '(') inside = true;
    const kept = !inside;
    if (each === ')') inside = false;
    return kept;
  });
}
