import { rolesIn, usersIn } from './yaml.ts';

const largest = 262_144;

/** The texts of both files replaced by what is judged of them; a file that is not understood by a line that says so. */
export function reduce(stdout: string): string {
  const lines = stdout.split('\n');
  const rest = lines.filter((line) => !line.startsWith('text|'));
  const end = rest.lastIndexOf('end');
  const read = { users: usersIn, permissions: rolesIn };
  const said = Object.entries(read).flatMap(([name, parse]) => {
    const file = lines.find((line) => line.startsWith(`file|${name}|`))?.split('|');
    if (!file || !file[3]?.startsWith('regular')) return [];
    if (Number(file[2]) > largest) return [`odd|${name}|it is too long`];
    const prefix = `text|${name}|`;
    const text = lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
    const parsed = parse(text.join('\n'));
    if (typeof parsed === 'string') return [`odd|${name}|${parsed}`];
    return [`count|${name}|${parsed.length}`, ...parsed.map((each) => `${name}|${JSON.stringify(each)}`)];
  });
  return end < 0 ? rest.join('\n') : [...rest.slice(0, end), ...said, ...rest.slice(end)].join('\n');
}
