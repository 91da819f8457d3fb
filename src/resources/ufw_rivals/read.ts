import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseRestore } from '../iptables/restore.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, value, type Told } from '../said.ts';
import { rivalsProbe } from './probe.ts';

const label = () => 'what else loads packet filters by itself';

/** Units and scripts besides UFW's own, one finding each. */
export function readRivals(allow: string[], answers: Answers): Observation[] {
  const answer = said(answers, rivalsProbe.name, ['block', 'unit', 'units', 'wrapped', 'script']);
  if (!answer.ok) return unknownFacts(['loaders'], label, rivalsProbe.name, answer);
  const { block, unit, units, wrapped, script } = answer.said;
  const seen = blocksOf(unit);
  // No systemd host has none; an empty list is a question that was not understood.
  if (seen?.length !== block.length || !/^[1-9]\d*$/.test(one(units) ?? '')) {
    const odd = unknown('systemctl printed something else than expected');
    return observe(rivalsProbe.name, label, { loaders: odd });
  }
  const rivals = seen.filter((each) => isRival(each, wrapped) && !allow.includes(each.id));
  const found: Told[] = [
    ...rivals.map(({ id, commands }) => value([id], commands.join('; '))),
    ...script.map((path) => value([path], 'it names a program that loads rules')),
  ];
  const all = found.length ? found : [value([])];
  return all.flatMap((loaders) => observe(rivalsProbe.name, label, { loaders }));
}

interface Unit {
  id: string;
  starts: boolean;
  transient: boolean;
  commands: string[];
}

/** Each unit begins with its commands and ends with its state, in the order of `systemctl show`; its name is one line of it. */
function blocksOf(lines: string[]): Unit[] | null {
  const pairs = lines.map((line) => /^([A-Za-z]+)=(.*)$/.exec(line)?.slice(1));
  if (pairs.some((pair) => !pair)) return null;
  const units: Unit[] = [];
  let commands: string[] = [];
  let open: Partial<Record<string, string>> = {};
  for (const [key, text] of pairs as [string, string][]) {
    if (key.startsWith('Exec')) commands.push(commandOf(text));
    else open[key] = text;
    if (key !== 'UnitFileState') continue;
    if (open.Id === undefined || open.LoadState === undefined) return null;
    units.push({ id: open.Id, starts: startsByItself(open), transient: text === 'transient', commands });
    commands = [];
    open = {};
  }
  return commands.length || Object.keys(open).length ? null : units;
}

/** With `@` a command may call itself what it likes: the path is what runs. */
function commandOf(text: string): string {
  const [, path, rest] = /path=(\S+) ; argv\[\]=\S*(.*)$/.exec(text) ?? [];
  return path ? path + rest : text;
}

/** What makes a unit start though it is not enabled itself (systemd.unit(5), the table of reverse properties). */
const starters = ['WantedBy', 'RequiredBy', 'UpheldBy', 'BoundBy', 'TriggeredBy', 'OnFailureOf', 'OnSuccessOf'];

/** Static units start when others want them, so they count; a disabled one does when another one starts it, a masked one never. */
function startsByItself(unit: Partial<Record<string, string>>): boolean {
  const state = unit.UnitFileState!;
  if (unit.LoadState !== 'loaded' || state.startsWith('masked')) return false;
  return !state.startsWith('disabled') || starters.some((key) => Boolean(unit[key]));
}

const tools =
  /(?:^|[^A-Za-z0-9_.-])(nft|ip6?tables|ebtables|netfilter-persistent|iptables-persistent|firewalld|firewall-cmd|shorewall6?|ferm|awall)(?![A-Za-z0-9_.])/;

/**
 * What takes back an unconfirmed change of ours, UFW's too, for as long as it is unconfirmed (docs/fix.md): gone at its end and at a reboot, and what
 * it runs is root's alone.
 */
function isWayBack({ id, transient, commands }: Unit): boolean {
  const [, change] = /^fleet-audit-deadman-(\w+-\w+)\.service$/.exec(id) ?? [];
  const own = `/bin/sh -c exec sh /var/lib/fleet-audit/txn/${change}/rollback.sh deadline`;
  return transient && change !== undefined && commands.every((command) => command === own);
}

/** A unit of which a command is such a program, or a script with one; one that only adds its rules to what is there (`-n`) is none. */
function isRival(unit: Unit, wrapped: string[]): boolean {
  const { starts, commands } = unit;
  const loads = (command: string) => tools.test(command) && !parseRestore(command.split(' '))?.keepsOthers;
  return (
    starts &&
    !isWayBack(unit) &&
    commands.some((command) => loads(command) || wrapped.some((path) => command.includes(path)))
  );
}
