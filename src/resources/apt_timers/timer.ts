import { absent, unknown, value, type Told } from '../said.ts';
import { toSeconds, type Unit } from './units.ts';

/** Enabled until the next boot only does not count, and a masked timer is not enabled. */
export function isEnabled({ LoadState, UnitFileState }: Unit): Told {
  return value(LoadState === 'loaded' && UnitFileState === 'enabled', UnitFileState || LoadState);
}

/** A timer that is active may still never go off: its calendar can be empty, or of the year 2099. */
export function nextRun(timer: Unit, now: number): Told {
  const { Id, ActiveState, SubState, Unit: starts, NextElapseUSecRealtime } = timer;
  if (timer.LoadState !== 'loaded' || ActiveState !== 'active')
    return absent(`${Id} is ${ActiveState} (${SubState}), it does not go off`);
  if (starts !== Id!.replace(/timer$/, 'service')) return absent(`${Id} starts ${starts}`);
  if (SubState === 'running') return value(0, 'it is running');
  const next = toSeconds(NextElapseUSecRealtime);
  if (SubState === 'elapsed') return absent(`${Id} will not go off again`);
  if (next !== null) return value(Math.max(0, next - now));
  return unknown(`when ${Id} goes off is not by the calendar (${SubState})`, 'needs-person');
}
