import { parseDuration, showDuration } from '../../matchers/units.ts';
import { absent, unknown, value, type Told } from '../said.ts';
import { toSeconds, type Unit } from './units.ts';

interface Runs {
  clock: number;
  booted: string | null;
  stamp: string[];
  upgrade: Unit;
}

/**
 * apt's script touches `upgrade-stamp` only when unattended-upgrade said that it succeeded; the stamp of unattended-upgrade itself
 * counts where there is none (a run by hand, or with --dry-run, touches it, too). On a host that was just started an old stamp
 * may only mean that it was off, unless the service has run since.
 */
export function ran(limit: string, { clock, booted, stamp, upgrade }: Runs): Told {
  const rows = stamp.map((row) => row.split('|') as [string, string]);
  const [time, file] = rows.find(([, path]) => path.endsWith('/upgrade-stamp')) ?? rows[0] ?? [];
  const age = time === undefined ? null : clock - Number(time);
  if (age !== null && Number.isNaN(age)) return unknown('a stamp without a time');
  if (age !== null && age < -300)
    return unknown(`${file} is of a time that is yet to come by the host's clock`, 'stale');
  if (age !== null && age <= parseDuration(limit)!) return value(true, `${showDuration(Math.max(0, age))} ago`, file);
  const ended = toSeconds(upgrade.ExecMainExitTimestamp);
  const since = booted === null ? null : toSeconds(booted);
  if (since === null) return unknown('systemd did not say when the host was started');
  const when = age === null ? 'it never did' : `the last one that did was ${showDuration(age)} ago`;
  if (ended !== null)
    return value(false, `${when}, though its service ran ${showDuration(Math.max(0, clock - ended))} ago`, file);
  if (clock - since < 2 * 86400) {
    return {
      state: 'skipped',
      message: `${when}; the host was started ${showDuration(clock - since)} ago, which is too young to tell`,
    };
  }
  return value(false, when, file);
}

/** systemd's word for the last run; before the first since boot it says success, too. */
export function succeeded({ LoadState, ActiveState, Result, ExecMainExitTimestamp }: Unit): Told {
  if (LoadState !== 'loaded') return absent(`apt-daily-upgrade.service is ${LoadState}`);
  if (Result === undefined) return unknown('systemd did not say how it ended');
  if (Result !== 'success') return value(false, Result);
  if (!ExecMainExitTimestamp)
    return { state: 'skipped', message: `apt-daily-upgrade.service is ${ActiveState} and has not ended since boot` };
  return value(true);
}
