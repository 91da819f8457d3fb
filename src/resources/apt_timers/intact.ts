import { unknown, value, type Told } from '../said.ts';
import { strangeSetting } from './settings.ts';
import type { Unit } from './units.ts';

const commands: Record<string, string> = {
  'apt-daily.service': '/usr/lib/apt/apt.systemd.daily update',
  'apt-daily-upgrade.service': '/usr/lib/apt/apt.systemd.daily install',
};

/** Whether a service does what apt ships it for: a drop-in can replace its command, make it wait for ever, or shut it in. */
export function isIntact(name: string, unit: Unit, files: Files, tool: string): Told {
  const why = flaw(name, unit, files.waits, tool);
  const strange = why ? null : strangeSetting(files.sets.filter((row) => isOf(name, row)));
  if (strange && !strange.breaks) return unknown(strange.why, 'needs-person');
  const wrong = why ?? strange?.why;
  return wrong
    ? value(false, [wrong, unit.DropInPaths && `drop-ins: ${unit.DropInPaths}`].filter(Boolean).join(', '))
    : value(true);
}

/** Rows of the unit files: conditions, and settings. */
export interface Files {
  waits: string[];
  sets: string[];
}

function flaw(name: string, unit: Unit, waits: string[], tool: string): string | null {
  if (unit.LoadState !== 'loaded') return `it is ${unit.LoadState}`;
  const command = argv(unit.ExecStart ?? '');
  if (command !== commands[name]) return command ? `it runs ${command}` : 'it runs nothing';
  if (unit.ExecCondition) return `it asks ${argv(unit.ExecCondition)} first`;
  const before = (unit.ExecStartPre ?? '').split('\n').find((each) => each && !each.includes('; ignore_errors=yes'));
  if (before) return `it does not start unless ${argv(before)} succeeds`;
  const changed = ['User', 'Environment', 'EnvironmentFiles', 'RootDirectory'].find(
    (key) => unit[key] && unit[key] !== 'root',
  );
  if (changed) return `it has ${changed}=${unit[changed]}`;
  const condition = waits.find((row) => isOf(name, row) && !/=\s*$|\|\s*ConditionACPower\s*=\s*true\s*$/.test(row));
  if (condition) return `it waits for ${condition.split('|')[1]} of ${condition.split('|')[0]}`;
  if (name === 'apt-daily-upgrade.service' && !tool) return 'there is no unattended-upgrade that it could run';
  return null;
}

/** `{ path=… ; argv[]=/usr/lib/apt/apt.systemd.daily install ; ignore_errors=no`; one row for each command. */
function argv(text: string): string {
  return text.split('\n').map(shown).join(' and ');
}

/** What runs is the path: with "@" in front of it the first word can be anything (systemd.service(5)). */
function shown(row: string): string {
  const [, path = '', words] = /path=(.*?) ; argv\[\]=(.*?) ; ignore_errors=/.exec(row) ?? [];
  if (words === undefined) return row;
  return words.split(' ')[0] === path ? words : `${path} by the name "${words}"`;
}

/** A drop-in may stand for all units whose names begin so: `apt-.service.d` (systemd.unit(5)). */
function isOf(name: string, row: string): boolean {
  const file = row.split('|')[0]!;
  const parts = name.replace('.service', '').split('-');
  const prefixes = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('-')}-.service`);
  return file.endsWith(`/${name}`) || [name, 'service', ...prefixes].some((each) => file.includes(`/${each}.d/`));
}
