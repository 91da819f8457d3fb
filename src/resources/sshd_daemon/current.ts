import type { Observation } from '../../model/observation.ts';
import type { Unreadable } from '../answer.ts';
import { incomplete } from '../sshd/read.ts';
import type { Seen, Stat } from '../sshd/seen.ts';
import { listeners, type Daemon } from './parse.ts';
import { daemonProbe } from './probes.ts';

type Process = Daemon['processes'][number];

const about = { fact: 'current', label: 'sshd', probe: daemonProbe.name };

/**
 * Has it read what lies there now? Compared are the last change of any file read and of any directory named by an Include (a file that
 * was removed leaves no other trace) with the time at which the daemon read them.
 */
export function readCurrent(daemon: Daemon, seen: Seen | Unreadable): Observation[] {
  if ('ok' in seen) return [unknown(seen.message)];
  const unread = unreadUnits(daemon);
  if (unread.length > 0) return unread;
  const running = listeners(daemon);
  if (running.length === 0) return [notRunning(daemon, seen)];
  const whole = !incomplete(seen) && !seen.nostats.some(({ kind }) => kind === 'file');
  const files = seen.stats.filter(({ kind }) => ['file', 'included', 'link'].includes(kind));
  if (!whole || files.length === 0) return [unknown('not every file that it reads is known')];
  const loaded = daemon.units['ssh.service']!.LoadState === 'loaded';
  const newest = files.reduce((a, b) => (b.changed > a.changed ? b : a));
  return running.flatMap((process) => [compare(process, newest, daemon), ...options(process, seen, loaded)]);
}

/**
 * A unit that was edited and not loaded brings other options with the next boot; one that starts an sshd for each connection has
 * options of its own (`ssh@.service`), which are not looked at.
 */
function unreadUnits({ units }: Daemon): Observation[] {
  const stale = Object.keys(units).filter((unit) => units[unit]!.NeedDaemonReload === 'yes');
  const note = 'its files changed and systemd has not read them: systemctl daemon-reload';
  const edited = stale.map((unit): Observation => ({ ...about, label: unit, note, state: 'value', value: false }));
  const socket = units['ssh.socket']!;
  const inetd = socket.Accept === 'yes' && (socket.ActiveState === 'active' || socket.UnitFileState === 'enabled');
  if (!inetd) return edited;
  return [
    ...edited,
    unknown('ssh.socket starts an sshd of its own for each connection (Accept=yes): its options are not known'),
  ];
}

/** With only the socket active, sshd is started by the next connection and reads everything then. */
function notRunning({ units }: Daemon, { who, unclear }: Seen): Observation {
  const next = who.some((each) => each.who === 'ssh.service') && !unclear.some((each) => each.who === 'ssh.service');
  if (!next) return unknown('what ssh.service would start could not be told');
  if (units['ssh.socket']!.ActiveState === 'active' && units['ssh.service']!.ActiveState !== 'active') {
    return { ...about, note: 'ssh.socket starts it at the next connection', state: 'value', value: true };
  }
  if (units['ssh.service']!.ActiveState === 'active')
    return unknown('ssh.service is active, but no listening sshd was seen');
  return { ...about, state: 'absent', message: 'no sshd is running' };
}

function compare(process: Process, newest: Stat, daemon: Daemon): Observation {
  const read = readAt(process, daemon);
  if (read === null) return unknown(`when process ${process.pid} read its files could not be told`);
  const note = `process ${process.pid} read its files at ${time(read)}; ${newest.path} changed at ${time(newest.changed)}`;
  // One tick of the clock that stamps files is too short to read anything: the same time is no proof.
  return { ...about, where: newest.path, note, state: 'value', value: newest.changed < read };
}

/**
 * Nanoseconds since 1970: the pid file is written anew at every start and every reload, behind the reading. Where there is none,
 * the unit's last change of state, unless that was a reload that failed.
 */
function readAt({ pid }: Process, { pidFile, units }: Daemon): bigint | null {
  if (pidFile?.pid === pid) return pidFile.written;
  const { MainPID, ReloadResult, StateChangeTimestamp = '', ActiveState } = units['ssh.service']!;
  if (MainPID !== pid || ReloadResult !== 'success' || ActiveState !== 'active') return null;
  const match = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.(\d{6}) UTC$/.exec(StateChangeTimestamp);
  return match && BigInt(Date.parse(`${match[1]}T${match[2]}Z`)) * 1_000_000n + BigInt(match[3]!) * 1000n;
}

/** The next start must not bring other options than the ones it runs with. */
function options({ pid }: Process, { who, unclear }: Seen, loaded: boolean): Observation[] {
  const now = who.find((each) => each.who === `process ${pid}`);
  const next = who.find((each) => each.who === 'ssh.service');
  const odd = unclear.find((each) => each.who === 'ssh.service' || each.who === `process ${pid}`);
  if (odd) return [unknown(`the options of ${odd.who} could not be told: ${odd.command}`)];
  if (!next && loaded) return [unknown('what ssh.service would start could not be told')];
  if (!now || !next || now.options === next.options) return [];
  const note = `process ${pid} runs with ${say(now.options)}, ssh.service starts it with ${say(next.options)}`;
  return [{ ...about, note, state: 'value', value: false }];
}

const say = (words: string) => (words ? `"${words}"` : 'no options');

function time(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString();
}

function unknown(message: string): Observation {
  return { ...about, state: 'unknown', code: 'unparsable', message };
}
