/** Commands of each category, from `ACL CAT`. */
export type Categories = ReadonlyMap<string, readonly string[]>;

/** Commands that rules allow: all but some, or only some. */
export interface Allowed {
  all: boolean;
  /** The exceptions when `all`, else the commands themselves; `!config|set` is a part of one among them for which the opposite holds. */
  names: Set<string>;
}

/** Applies rules in order, as Redis does. Null: a category whose commands are not known. */
export function allowed(rules: readonly string[], categories: Categories): Allowed | null {
  const result: Allowed = { all: false, names: new Set() };
  for (const rule of rules) {
    const gives = rule.startsWith('+');
    const name = rule.slice(1);
    if (name === '@all') {
      result.all = gives;
      result.names.clear();
      continue;
    }
    const names = name.startsWith('@') ? categories.get(name.slice(1)) : [name];
    if (!names) return null;
    for (const each of names) {
      remove(result.names, each);
      const whole = each.split('|')[0]!;
      const partOfOne = each !== whole && result.names.has(whole);
      if (gives === result.all && partOfOne) result.names.add(`!${each}`);
      if (gives !== result.all && !partOfOne) result.names.add(each);
    }
  }
  return result;
}

/** With what was said of its parts. */
function remove(names: Set<string>, name: string): void {
  for (const each of names) {
    const plain = each.replace(/^!/, '');
    if (plain === name || plain.startsWith(`${name}|`)) names.delete(each);
  }
}

/** What the template of the guide lets an asset do: these categories and commands. */
const templateCategories = ['read', 'pubsub', 'connection'];
const templateCommands = ['publish', 'ping', 'info'];

/** Rules, or commands, that go beyond the template; null when a category is not known. */
export function commandsBeyond(rules: readonly string[], categories: Categories): string[] | null {
  const fine = templateIn(categories);
  const given = allowed(rules, categories);
  if (!given || !fine) return null;
  if (given.all) return ['+@all'];
  return [...given.names].filter((name) => !name.startsWith('!') && !isIn(fine, name)).sort();
}

/** Null: the commands of one of the categories are not known. */
export function templateIn(categories: Categories): string[] | null {
  const own = templateCategories.map((name) => categories.get(name));
  return own.some((each) => !each) ? null : [...own.flatMap((each) => each!), ...templateCommands];
}

/** `client` stands for all of `client|…`, and `publish` for `publish|x`. */
export function isIn(fine: string[], name: string): boolean {
  const [command] = name.split('|');
  return (
    fine.includes(name) ||
    fine.includes(command!) ||
    (!name.includes('|') && fine.some((each) => each.startsWith(`${name}|`)))
  );
}
