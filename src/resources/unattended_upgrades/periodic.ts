import { toBoolean, type AptConfig } from '../apt_config/parse.ts';
import { absent, unknown, value, type Told } from '../said.ts';

const day = 86400;
const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: day, '': day };

/** How often apt's timer downloads lists. */
export function listsEvery(config: AptConfig): Told {
  return every(config, 'APT::Periodic::Update-Package-Lists');
}

/** How often it installs. Days that are left out, and an installation that waits for a shutdown, count. */
export function upgradesEvery(config: AptConfig): Told {
  const told = every(config, 'APT::Periodic::Unattended-Upgrade');
  if (told.state !== 'value') return told;
  if (isOn(config, 'Unattended-Upgrade::InstallOnShutdown')) {
    return never(config, 'Unattended-Upgrade::InstallOnShutdown', 'is on: nothing is installed while the host runs');
  }
  const days = config.list('Unattended-Upgrade::Update-Days');
  const known = new Set(days.map(dayOf).filter((each) => each >= 0));
  if (days.length === 0 || known.size === 7) return told;
  if (known.size === 0) return never(config, 'Unattended-Upgrade::Update-Days', `names no day: ${days.join(', ')}`);
  return value(Math.max(told.value as number, longestGap([...known]) * day), `only on ${days.join(', ')}`);
}

/**
 * The value of a key as `/usr/lib/apt/apt.systemd.daily` reads it: days, or seconds, minutes, hours by the letter behind it,
 * `always`, and 0 for never; nothing at all when `APT::Periodic::Enable` is 0, whatever else is set.
 */
function every(config: AptConfig, key: string): Told {
  const enable = config.find('APT::Periodic::Enable');
  if (enable !== null && /^\s*[-+]?0+\s*$/.test(enable)) {
    return never(config, 'APT::Periodic::Enable', `is ${enable.trim()}: nothing is done at all`);
  }
  if (enable !== null && !/^\s*\d+\s*$/.test(enable))
    return unknown(`APT::Periodic::Enable is "${enable}", which is no number`);
  const text = config.find(key);
  if (text === null || text === '') return absent(`nothing sets ${key}, so it is never done`);
  const where = config.whereIs(key);
  const place = where && `set by ${where}`;
  if (text === 'always') return value(0, ['always', place].filter(Boolean).join(', '), where);
  const [, count, unit] = /^(\d+)([smhd]?)$/.exec(text) ?? [];
  if (count === undefined) return unknown(`${key} is "${text}", which is no interval`);
  if (Number(count) === 0) return never(config, key, `is ${text}, so it is never done`);
  return value(Number(count) * units[unit!]!, place, where);
}

function never(config: AptConfig, key: string, why: string): Told {
  const where = config.whereIs(key);
  const message = `${key} ${why}${where ? ` (${where})` : ''}`;
  return { state: 'absent', message, ...(where && { where }) };
}

/** find_b with a default of false: a word that apt does not know is the default. */
function isOn(config: AptConfig, key: string): boolean {
  return toBoolean(config.find(key) ?? '') === true;
}

const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `Mon`, `Monday` or `1`, written as the C locale does. */
function dayOf(text: string): number {
  if (/^[0-6]$/.test(text)) return Number(text);
  return names.findIndex((name) =>
    [name, name.slice(0, 3)].some((each) => text === each[0]!.toUpperCase() + each.slice(1)),
  );
}

function longestGap(days: number[]): number {
  const sorted = days.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((each, index) => (sorted[index + 1] ?? sorted[0]! + 7) - each));
}
