import { parseSize } from '../../matchers/index.ts';
import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { parse, type Device, type Swap } from './parse.ts';
import { swapProbe } from './probe.ts';

interface Options {
  required?: string | number;
  zram?: boolean;
}

const probe = swapProbe.name;
const facts = ['active', 'total_bytes', 'enough', 'persistent', 'devices'];

/** What the kernel swaps to, how much that is, and what of it fstab or systemd bring back. */
export function readSwap({ required, zram = false }: Options, answers: Answers): Observation[] {
  const answer = readable(answers, probe);
  const swap = answer.ok ? parse(answer.stdout) : null;
  if (!swap) {
    const why = answer.ok ? ({ code: 'unparsable', message: wrong(answer.stderr) } as const) : answer;
    return unknownFacts(facts, label, probe, why);
  }
  const devices = swap.devices.filter(({ path }) => zram || !path.startsWith('/dev/zram'));
  const total = devices.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    { fact: 'active', label: 'swap', probe, state: 'value', value: devices.length > 0, where: '/proc/swaps' },
    { fact: 'total_bytes', label: 'swap', probe, state: 'value', value: total, where: '/proc/swaps' },
    enough(total, required),
    ...persistence(devices, swap),
    records(devices),
  ];
}

function label(fact: string): string {
  return fact === 'devices' ? 'swap devices' : 'swap';
}

function wrong(stderr: string): string {
  return stderr.trim().split('\n')[0] || '/proc/swaps, fstab or the units read otherwise than expected';
}

function enough(total: number, required: string | number | undefined): Observation {
  const wanted = required === undefined ? null : parseSize(required);
  const about = { fact: 'enough', label: 'swap', probe, where: '/proc/swaps' };
  if (wanted === null)
    return { ...about, state: 'unknown', code: 'unparsable', message: 'the control does not say what is required' };
  return { ...about, state: 'value', value: total >= 0.99 * wanted, note: `${toMiB(total)} of ${toMiB(wanted)}` };
}

/** In a unit that shows the difference when there is one. */
function toMiB(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}

/** One observation per device in use. With none, whether any would come back: that it is not in use is another fact. */
function persistence(devices: Device[], swap: Swap): Observation[] {
  const about = { fact: 'persistent', probe };
  if (devices.length > 0)
    return devices.map((device) => ({ ...about, label: device.path, ...comesBack(device, swap) }));
  if (swap.masked === null)
    return unknownFacts(['persistent'], label, probe, { code: 'unparsable', message: 'systemd could not be asked' });
  const source = swap.sources.find((each) => each.starts && !isMasked(each.unit, swap));
  const found = source && { where: source.where, note: `named by ${source.where}` };
  return [{ ...about, label: 'swap', state: 'value', value: source !== undefined, ...found }];
}

function comesBack({ real }: Device, swap: Swap) {
  const named = swap.sources.filter((each) => each.real !== null && each.real === real);
  const source = named.find((each) => each.starts && !isMasked(each.unit, swap)) ?? named[0];
  // A source that could not be resolved may well be this device.
  const unclear = real === null || (!source && swap.sources.some((each) => each.starts && each.real === null));
  if (unclear || swap.masked === null) {
    return {
      state: 'unknown',
      code: 'unparsable',
      message: 'what brings it back could not be read or resolved',
    } as const;
  }
  if (!source) return { state: 'value', value: false, note: 'neither fstab nor an enabled unit names it' } as const;
  const { where, starts, unit } = source;
  const but = !starts ? ', but not to be started at boot' : isMasked(unit, swap) ? ', but its unit is masked' : '';
  return { state: 'value', value: but === '', where, note: `named by ${where}${but}` } as const;
}

function isMasked(unit: string, { masked }: Swap): boolean {
  return (masked ?? []).some((each) => each === unit || each === 'swap.target');
}

function records(devices: Device[]): Observation {
  const about = { fact: 'devices', label: label('devices'), probe, where: '/proc/swaps' };
  const unseen = devices.find(({ mode }) => mode === undefined);
  if (unseen)
    return { ...about, state: 'unknown', code: 'unparsable', message: `${unseen.path} could not be looked at` };
  const value = devices.map(({ path, type, bytes, mode, owner }) => ({ name: path, type, size: bytes, mode, owner }));
  return { ...about, state: 'value', value };
}
