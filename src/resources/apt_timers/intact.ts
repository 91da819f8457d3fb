import { value, type Told } from '../said.ts';
import type { Unit } from './units.ts';

const commands: Record<string, string> = {
  'apt-daily.service': '/usr/lib/apt/apt.systemd.daily update',
  'apt-daily-upgrade.service': '/usr/lib/apt/apt.systemd.daily install',
};

/** Whether a service does what apt ships it for: a drop-in can replace its command, or make it wait for what never comes. */
export function isIntact(name: string, unit: Unit, waits: string[], tool: string): Told {
  const why = flaw(name, unit, waits, tool);
  return why
    ? value(false, [why, unit.DropInPaths && `drop-ins: ${unit.DropInPaths}`].filter(Boolean).join(', '))
    : value(true);
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
  return text
    .split('\n')
    .map((each) => / argv\[\]=(.*?) ; ignore_errors=/.exec(each)?.[1] ?? each)
    .join(' and ');
}

function isOf(name: string, row: string): boolean {
  const file = row.split('|')[0]!;
  return file.endsWith(`/${name}`) || file.includes(`/${name}.d/`) || file.includes('/service.d/');
}
