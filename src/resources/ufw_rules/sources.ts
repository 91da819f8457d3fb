import { parseSave, type Rule, type Table } from '../../netfilter/index.ts';
import type { Unreadable } from '../answer.ts';
import { filterTable, readPacketFilter } from '../iptables/parse.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import type { Answers } from '../resource.ts';
import { ufwFilesIn } from '../ufw/parse.ts';
import { areSettings, settingsOf } from '../ufw/settings.ts';
import { bootRules } from './boot.ts';
import { forWalk, type Ruleset } from './rulesets.ts';

export type Given = { ok: true; rules: Ruleset } | Unreadable;

/** The packet filter as the kernel has it now, with the table nat of the older kind where there are both. */
export function liveRules(family: 4 | 6, answers: Answers): Given {
  const seen = readPacketFilter(answers, (family === 4 ? iptablesProbe : ip6tablesProbe).name);
  if (!seen.ok) return seen;
  const nat = [seen.tables.get('nat'), seen.legacy.get('nat')].filter((table) => table !== undefined);
  return { ok: true, rules: ruleset(family, filterTable(seen), nat, () => undefined) };
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
  const nat = saved.tables.get('nat');
  const where = (rule: Rule) => boot.where(rule.line);
  return { ok: true, rules: ruleset(family, saved.tables.get('filter')!, nat ? [nat] : [], where) };
}

function ruleset(family: 4 | 6, filter: Table, nat: Table[], where: (rule: Rule) => string | undefined): Ruleset {
  return { family, filter: forWalk(filter), nat: nat.map(forWalk), where };
}
