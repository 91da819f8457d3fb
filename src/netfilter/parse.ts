import { parseRule, type Rule } from './rule.ts';

export interface Table {
  /** Null for a chain that is not the kernel's own. */
  policies: ReadonlyMap<string, string | null>;
  chains: ReadonlyMap<string, readonly Rule[]>;
}

export type Saved = { ok: true; tables: ReadonlyMap<string, Table> } | { ok: false; line: number; message: string };

/**
 * Reads what iptables-save or ip6tables-save prints, or a file for iptables-restore. Strict: a line that is not understood,
 * a table without COMMIT, a rule for a chain that was not declared make the whole unreadable; nothing is skipped.
 */
export function parseSave(text: string): Saved {
  const tables = new Map<string, Table>();
  let open: { name: string; policies: Map<string, string | null>; chains: Map<string, Rule[]> } | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const at = (message: string): Saved => ({
      ok: false,
      line: index + 1,
      message: `${message}: "${raw.slice(0, 120)}"`,
    });
    // iptables-restore takes no carriage returns and, but before a comment, no indentation.
    const line = raw.replace(/ +$/, '');
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const table = /^\*(\S+)$/.exec(line)?.[1];
    const chain = /^:(\S+) (\S+)(?: \[\d+:\d+\])?$/.exec(line);
    if (table !== undefined) {
      if (open || tables.has(table)) return at('a table begins where none can');
      open = { name: table, policies: new Map(), chains: new Map() };
    } else if (!open) return at('outside of a table');
    else if (line === 'COMMIT') {
      tables.set(open.name, open);
      open = null;
    } else if (chain) {
      if (open.chains.has(chain[1]!)) return at('a chain is declared twice');
      open.policies.set(chain[1]!, chain[2] === '-' ? null : chain[2]!);
      open.chains.set(chain[1]!, []);
    } else {
      const rule = parseRule(line, index + 1);
      if (!rule) return at('not understood');
      const rules = open.chains.get(rule.chain);
      if (!rules) return at('a rule of a chain that is not declared');
      rules.push(rule);
    }
  }
  if (open) return { ok: false, line: text.split('\n').length, message: `the table ${open.name} has no COMMIT` };
  return { ok: true, tables };
}
