import { parseSave, withUntracked, type Rule, type Table } from '../../netfilter/index.ts';
import type { Unreadable } from '../answer.ts';
import { filterTable, readPacketFilter } from '../iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import type { Answers } from '../resource.ts';
import { ufwFilesIn } from '../ufw/parse.ts';
import { areSettings, settingsOf } from '../ufw/settings.ts';
import { marksOthers } from '../tailnet.ts';
import { bootRules } from './boot.ts';
import { forWalk, type Ruleset } from './rulesets.ts';

export type Given = { ok: true; rules: Ruleset } | Unreadable;

/** The packet filter as the kernel has it now, with the table nat of the older kind where there are both. */
export function liveRules(family: 4 | 6, answers: Answers): Given {
  const seen = readPacketFilter(answers, (family === 4 ? iptablesProbe : ip6tablesProbe).name);
  if (!seen.ok) return seen;
  const rules = ruleset(family, filterTable(seen), [seen.tables, seen.legacy], () => undefined);
  return { ok: true, rules };
}

/** The packet filter as UFW would load it, whether it does at boot or not. */
export function rulesAtBoot(family: 4 | 6, answers: Answers): Given {
  const answer = ufwFilesIn(answers);
  if (!answer.ok) return answer;
  const settings = settingsOf(answer.files);
  if (!areSettings(settings)) return { ok: false, code: 'unparsable', message: settings.odd };
  const boot = bootRules(family, answer.files, settings);
  if (!boot.ok) return { ok: false, code: 'needs-person', message: boot.message };
  const saved = parseSave(boot.text);
  if (!saved.ok)
    return { ok: false, code: 'unparsable', message: `${boot.where(saved.line) ?? 'UFW'}: ${saved.message}` };
  const raw = saved.tables.get('raw');
  const filter = withUntracked(saved.tables.get('filter')!, raw ? [raw] : []);
  return { ok: true, rules: ruleset(family, filter, [saved.tables], (rule) => boot.where(rule.line)) };
}

/** `kinds`: all tables, of each kind that the kernel has. */
function ruleset(
  family: 4 | 6,
  filter: Table,
  kinds: ReadonlyMap<string, Table>[],
  where: (rule: Rule) => string | undefined,
): Ruleset {
  const nat = kinds.map((tables) => tables.get('nat')).filter((table) => table !== undefined);
  const marked = marksOthers(kinds.flatMap((tables) => [...tables.values()]));
  return { family, filter: forWalk(filter), nat: nat.map(forWalk), marked, where };
}
