/** One source of apt: where from, which suite, and by which key it is believed. */
export interface Entry {
  where: string;
  uri: string;
  suites: string[];
  /** Paths, fingerprints, or a key itself. */
  signedBy: string[];
  /** A setting that makes apt believe it without a signature. */
  insecure: string | null;
}

/** Null: a line that can't be read. */
export function readSources(lines: { file: string; text: string[] }[]): Entry[] | null {
  const all = lines.map(({ file, text }) => (file.endsWith('.sources') ? stanzas(file, text) : oneLines(file, text)));
  return all.some((each) => each === null) ? null : all.flatMap((each) => each!);
}

function oneLines(file: string, lines: string[]): Entry[] | null {
  const entries: Entry[] = [];
  for (const [at, raw] of lines.entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    const match = /^deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)(?:\s.*)?$/.exec(line);
    if (!match) return null;
    const options = (match[1] ?? '').trim().split(/\s+/).filter(Boolean);
    const get = (name: string) =>
      options.findLast((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    entries.push({
      where: `${file}:${at + 1}`,
      uri: match[2]!,
      suites: [match[3]!],
      signedBy: (get('signed-by') ?? '').split(',').filter(Boolean),
      insecure: insecure(get),
    });
  }
  return entries;
}

/** deb822: stanzas apart by empty lines, fields go on in lines that start with white space. */
function stanzas(file: string, lines: string[]): Entry[] | null {
  const entries: Entry[] = [];
  let fields: Record<string, string> = {};
  let [start, last] = [1, ''];
  for (const [at, line] of [...lines, ''].entries()) {
    const field = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      entries.push(...toEntries(`${file}:${start}`, fields));
      fields = {};
      [start, last] = [at + 2, ''];
    } else if (field) fields[(last = field[1]!.toLowerCase())] = field[2]!.trim();
    else if (/^\s/.test(line) && last) fields[last] += `\n${line.trim()}`;
    else return null;
  }
  return entries;
}

function toEntries(where: string, fields: Record<string, string>): Entry[] {
  if (Object.keys(fields).length === 0 || /^(no|false|without|off|disable)$/i.test(fields['enabled'] ?? '')) return [];
  const words = (name: string) => (fields[name] ?? '').split(/\s+/).filter(Boolean);
  const key = fields['signed-by'] ?? '';
  const signedBy = key.includes('BEGIN PGP') ? [key] : key.split(/[\s,]+/).filter(Boolean);
  return words('uris').map((uri) => ({
    where,
    uri,
    suites: words('suites'),
    signedBy,
    insecure: insecure((name) => fields[name]),
  }));
}

function insecure(get: (name: string) => string | undefined): string | null {
  const names = ['trusted', 'allow-insecure', 'allow-weak', 'allow-downgrade-to-insecure'];
  return names.find((name) => /^(yes|true|with|on|enable|1)$/i.test(get(name) ?? '')) ?? null;
}
