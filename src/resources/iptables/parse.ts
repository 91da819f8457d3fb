import { parseSave, withUntracked, type Table } from '../../netfilter/index.ts';
import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { hooksBeside, type Hook } from './hooks.ts';
import { nativeRule } from './native.ts';

export interface PacketFilter {
  ok: true;
  /** Which kind of tables the program \`iptables\` looks at. */
  backend: 'nft' | 'legacy';
  tables: ReadonlyMap<string, Table>;
  /** The table of the other, older kind, where the kernel has one. */
  legacy: ReadonlyMap<string, Table>;
  /** What nft has beside the tables that `iptables` looks at. */
  beside: Hook[];
}

/** The live packet filter; unreadable when there is a rule that cannot be understood. */
export function readPacketFilter(answers: Answers, probe: string): PacketFilter | Unreadable {
  const words = [
    'version',
    'legacy-table',
    'code',
    'rule',
    'legacy-code',
    'legacy-rule',
    'nft-code',
    'hook',
    'nft',
  ] as const;
  const answer = said(answers, probe, words);
  if (!answer.ok) return answer;
  const seen = answer.said;
  const bad = (message: string, code: Unreadable['code'] = 'unparsable'): Unreadable => ({ ok: false, code, message });
  const version = one(seen.version) ?? '';
  const code = one(seen.code);
  if (code !== '0')
    return bad(`${probe} ended with ${code ?? 'no code'}: ${answer.stderr.trim().split('\n')[0] ?? ''}`);
  if (seen['legacy-code'].some((each) => each !== '0')) return bad(`${probe}: the legacy tables could not be read`);
  if (seen['nft-code'].some((each) => each !== '0'))
    return bad(`${probe}: nft could not list what there is: ${answer.stderr.trim().split('\n')[0] ?? ''}`);
  const foreign = foreignRule(seen.nft, [...seen.rule, answer.stderr]);
  if (foreign) return bad(`${probe}: ${foreign}`, 'needs-person');
  const saved = parseSave(seen.rule.join('\n'));
  if (!saved.ok) return bad(`${probe}, line ${saved.line}: ${saved.message}`);
  const legacy = parseSave(seen['legacy-rule'].join('\n'));
  if (!legacy.ok) return bad(`${probe}, legacy line ${legacy.line}: ${legacy.message}`);
  // iptables before 1.8 knew one kind only and named none.
  const backend = /nf_tables/.test(version) ? 'nft' : 'legacy';
  const beside = hooksBeside(seen.hook, probe === 'ip6tables.save' ? 'ip6' : 'ip', backend);
  if (!beside) return bad(`${probe}: nft printed chains in another form than expected`);
  return { ok: true, backend, tables: saved.tables, legacy: legacy.tables, beside };
}

/** What iptables-save does not show as it is, because it was made with nft; null when there is nothing of the kind. */
function foreignRule(nft: string[], printed: string[]): string | null {
  const incompatible = printed.find((line) => line.includes('is incompatible, use'));
  if (incompatible) return incompatible.trim();
  try {
    const rule = nativeRule(nft);
    return rule && `a rule was made with nft, which iptables may print wrongly: ${rule}`;
  } catch {
    return 'nft -j printed something else than expected';
  }
}

/** The table filter. Where the kernel has none, nothing is filtered: its chains are there, empty, and accept. */
export function filterTable({ tables, legacy }: PacketFilter): Table {
  const raw = [tables.get('raw'), legacy.get('raw')].filter((table) => table !== undefined);
  return withUntracked(tables.get('filter') ?? open, raw);
}

const chains = ['INPUT', 'FORWARD', 'OUTPUT'];
const open: Table = {
  policies: new Map(chains.map((chain) => [chain, 'ACCEPT'])),
  chains: new Map(chains.map((chain) => [chain, []])),
};
