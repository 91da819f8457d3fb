import { normal } from './normal.ts';

/** A line of a file for iptables-restore, and where it stands. */
export interface Line {
  text: string;
  where: string;
}

/** What iptables-restore makes of lines: the chains of each table, in iptables-save's own words. */
export class Rulesets {
  readonly #tables = new Map<string, Map<string, { policy: string; rules: Line[] }>>();

  /**
   * Loads lines the way `iptables-restore -n` does: what is there stays, but a chain that is declared is emptied first
   * (a built-in one only gets its policy). Gives back the lines that it does not understand.
   */
  load(lines: Line[]): Line[] {
    const odd: Line[] = [];
    let table: string | null = null;
    for (const line of lines) {
      if (line.text === '' || line.text.startsWith('#')) continue;
      const start = /^\*([a-z]+)\s*$/.exec(line.text);
      if (start && !table) table = start[1]!;
      else if (/^COMMIT\s*$/.test(line.text) && table) table = null;
      else if (!table || !this.#apply(this.#table(table), line)) odd.push(line);
    }
    if (table) odd.push({ text: 'COMMIT is missing', where: lines.at(-1)!.where });
    return odd;
  }

  /** All of it as iptables-save prints it, and for each of its lines where it comes from. */
  save(): { text: string; where: (line: number) => string | undefined } {
    const lines: Line[] = [...this.#tables].flatMap(([table, chains]) => [
      plain(`*${table}`),
      ...[...chains].map(([name, { policy }]) => plain(`:${name} ${policy} [0:0]`)),
      ...[...chains.values()].flatMap(({ rules }) => rules),
      plain('COMMIT'),
    ]);
    return {
      text: lines.map(({ text }) => `${text}\n`).join(''),
      where: (line) => lines[line - 1]?.where || undefined,
    };
  }

  #apply(chains: Map<string, { policy: string; rules: Line[] }>, line: Line): boolean {
    const declared = /^:(\S+) (-|[A-Z]+)( \[\d+:\d+\])?\s*$/.exec(line.text);
    if (declared) return declare(chains, declared[1]!, declared[2]!);
    const [, command, name = '', number, rest = ''] = /^(-A|-I) (\S+) (?:(\d+) )?(.*)$/.exec(line.text) ?? [];
    const chain = chains.get(name);
    const text = normal(rest);
    if (!chain || text === null || (number && command === '-A')) return false;
    const at = command === '-A' ? chain.rules.length : Number(number ?? 1) - 1;
    if (at < 0 || at > chain.rules.length) return false;
    chain.rules.splice(at, 0, { text: `-A ${name} ${text}`, where: line.where });
    return true;
  }

  #table(name: string) {
    const found = this.#tables.get(name);
    if (found) return found;
    const builtIn = (builtIns[name] ?? []).map((each) => [each, { policy: 'ACCEPT', rules: [] as Line[] }] as const);
    const made = new Map<string, { policy: string; rules: Line[] }>(builtIn);
    this.#tables.set(name, made);
    return made;
  }
}

const builtIns: Record<string, string[]> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

function declare(chains: Map<string, { policy: string; rules: Line[] }>, name: string, policy: string): boolean {
  const known = chains.get(name);
  const builtIn = known !== undefined && known.policy !== '-';
  if (builtIn !== (policy !== '-')) return false;
  if (policy !== '-' && policy !== 'ACCEPT' && policy !== 'DROP') return false;
  if (builtIn) known.policy = policy;
  else chains.set(name, { policy: '-', rules: [] });
  return true;
}

function plain(text: string): Line {
  return { text, where: '' };
}
