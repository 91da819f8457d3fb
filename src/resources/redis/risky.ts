import { allowed, isIn, templateIn, type Allowed, type Categories } from './commands.ts';

/** The server's own words for what takes it over, harms all its users, or runs programs in it. */
const riskyCategories = ['admin', 'dangerous', 'scripting'];

/** Commands of those categories, parts of commands included, that rules give beyond the template; null when a category is not known. */
export function riskyIn(rules: readonly string[], categories: Categories): string[] | null {
  const lists = riskyCategories.map((name) => categories.get(name));
  const [given, fine] = [allowed(rules, categories), templateIn(categories)];
  if (!given || !fine || lists.some((each) => !each)) return null;
  const risky = new Set(lists.flatMap((each) => each!));
  const found = [...risky, ...partsOf(given, risky)].filter((name) => gives(given, name) && !isIn(fine, name));
  return [...new Set(found)].sort();
}

/** Parts that the rules name, of commands that the server itself does not divide: `+debug|sleep`. */
function partsOf({ names }: Allowed, risky: Set<string>): string[] {
  const plain = [...names].map((name) => name.replace(/^!/, ''));
  return plain.filter((name) => name.includes('|') && risky.has(name.split('|')[0]!));
}

function gives({ all, names }: Allowed, name: string): boolean {
  const listed = (names.has(name) || names.has(name.split('|')[0]!)) && !names.has(`!${name}`);
  return all !== listed;
}
