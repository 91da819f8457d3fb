import { parseDuration, showDuration } from '../../matchers/units.ts';
import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, value, type Said, type Told } from '../said.ts';
import { readArchives, securityArchives, withoutSecurity, type Archives } from '../unattended_upgrades/archives.ts';
import { newerVersions, securityArchives as signedArchives, type Archive, type Update } from './parse.ts';
import { updatesProbe } from './probe.ts';

const words = [
  'now',
  'stamp',
  'release',
  'list',
  'empty',
  'held',
  'installed',
  'newer',
  'from',
  'known',
  'code',
] as const;

type Seen = Said<(typeof words)[number]>;

const facts = ['security', 'pending', 'security_archive', 'lists_age'];
const label = (fact: string) =>
  ({
    security: 'pending security updates',
    pending: 'pending updates',
    security_archive: "apt's lists",
    lists_age: "age of apt's lists",
  })[fact]!;

/** What is pending, unless the lists are too old to tell. */
export function readUpdates(options: { max_age?: string }, answers: Answers): Observation[] {
  const answer = said(answers, updatesProbe.name, words);
  if (!answer.ok) return unknownFacts(facts, label, updatesProbe.name, answer);
  const archives = signedArchives(answer.said.list, answer.said.release);
  const age = listsAge(answer.said);
  const why = stale(options.max_age ?? '3d', age, archives, answer.said);
  return observe(updatesProbe.name, label, {
    security: why ?? pending(answer.said, (each) => each.security),
    pending: why ?? pending(answer.said, (each) => each.candidate),
    security_archive: hasArchive(answer.said, readArchives(answers)),
    lists_age: age,
  });
}

/** The newest of what apt and its timer touch when they have downloaded lists. */
function listsAge({ now, stamp }: Seen): Told {
  const times = stamp.map((row) => row.split('|')).toSorted(([a], [b]) => Number(b) - Number(a));
  const [newest, file] = times[0] ?? [];
  const [clock, time] = [Number(one(now)), Number(newest)];
  if (!(clock > 0 && time > 0)) return unknown('apt has no lists, or the host did not tell its time', 'stale');
  if (time > clock + 300) return unknown(`${file} is of a time that is yet to come by the host's clock`, 'stale');
  return value(Math.max(0, clock - time), undefined, file);
}

/**
 * Old lists show nothing to upgrade. apt touches its stamps even when it could download nothing (such failures are warnings
 * to it), so the date that the security archive itself was signed on must not be old either.
 */
function stale(limit: string, age: Told, archives: Archive[], { now }: Seen): Told | null {
  if (age.state !== 'value') return age;
  const most = parseDuration(limit)!;
  if ((age.value as number) > most)
    return tooOld(`were downloaded ${showDuration(age.value as number)} ago`, age.where);
  const old = archives.find((each) => each.signed !== null && Number(one(now)) - each.signed > most + slack);
  return old ? tooOld(`hold a security archive signed ${days(Number(one(now)) - old.signed!)} ago`, old.file) : null;
}

/** Security archives are signed anew at least every week (Debian's expire after seven days). */
const slack = 11 * 86400;
const days = (seconds: number) => `${Math.floor(seconds / 86400)} days`;

function tooOld(what: string, where?: string): Told {
  const message = `apt's lists ${what}, run apt-get update first`;
  return { state: 'unknown', code: 'stale', message, ...(where && { where }) };
}

/** Believed only when apt knew as many installed packages as dpkg has. */
function pending(seen: Seen, wanted: (update: Update) => boolean): Told {
  const failed = seen.code.filter((row) => !row.endsWith('|0'));
  if (failed.length > 0)
    return unknown(`${failed[0]!.split('|')[0]} could not tell what is installed and what is newer`);
  const [installed, known] = [one(seen.installed), one(seen.known)];
  if (seen.code.length !== 2 || !(Number(installed) > 0) || installed !== known)
    return unknown(`apt knows of ${known ?? 'no'} packages, dpkg has ${installed ?? 'none'}`);
  const updates = newerVersions(seen);
  if (!updates) return unknown('apt-cache named a newer version, and no archive of its lists that has it');
  const found = updates.filter(wanted);
  return value(
    found.map((each) => each.name),
    keptBack(found, seen.held),
  );
}

/** A hold and a pin keep a hole open. */
function keptBack(found: Update[], held: string[]): string | undefined {
  const byHold = found.filter(({ name }) => held.includes(name.replace(/:.*/, '')));
  const byPin = found.filter((each) => !each.candidate);
  const notes = [
    byHold.length ? `held back by apt-mark hold: ${byHold.map(({ name }) => name).join(', ')}` : '',
    byPin.length ? `held back by a pin: ${byPin.map(({ name }) => name).join(', ')}` : '',
  ].filter(Boolean);
  return notes.length ? notes.join('; ') : undefined;
}

/** Of the release in use, and for every part of it that packages come from: others never hold this host's updates. */
function hasArchive({ list }: Seen, archives: Archives | Unreadable): Told {
  if (list.length === 0) return unknown('apt has downloaded no lists', 'stale');
  if (!archives.ok) return unknown(archives.message, archives.code);
  const missing = withoutSecurity(archives);
  const check = 'check /etc/apt/sources.list and sources.list.d';
  if (missing.length > 0) return value(false, `none of ${archives.codename} has ${missing.join(', ')}; ${check}`);
  const [first] = securityArchives(archives);
  return value(true, `${first!.origin} ${first!.archive}`);
}
