import type { Engine } from '../docker/engine.ts';
import type { Daemon, Info } from '../docker/info.ts';
import { notOlder } from '../docker/version.ts';
import { unknown, value, type Told } from '../said.ts';
import type { Start } from './start.ts';

/**
 * Does the running daemon work with its file, and with the options of its unit, as they are now? It reads the file once, when it
 * starts; a reload takes over some settings only. What can be seen of it from outside is compared as well.
 */
export function current(info: Info, start: Start): Told {
  const daemons = info.daemons.filter(({ kind }) => kind === 'host');
  const [daemon] = daemons;
  if (!daemon) return unknown('dockerd does not run', 'unreachable');
  if (daemons.length > 1) return unknown(`${daemons.length} daemons run: ${daemons.map(({ pid }) => pid).join(', ')}`);
  const stale = ['docker.service', 'docker.socket'].find((unit) => info.units[unit]!['NeedDaemonReload'] === 'yes');
  if (stale) return value(false, `${stale} was changed and systemd has not read it: systemctl daemon-reload`);
  if (info.units['docker.service']!['MainPID'] !== daemon.pid)
    return unknown(`process ${daemon.pid} is not that of docker.service`);
  return options(daemon, start) ?? file(info, start.words ?? []);
}

function options(daemon: Daemon, { words, unclear }: Start): Told | null {
  if (!words) return unknown(`how docker.service starts it could not be told: ${unclear}`);
  const [now, next] = [daemon.argv.slice(1).join(' '), words.slice(1).join(' ')];
  return now === next ? null : value(false, `it runs with "${now}", docker.service starts it with "${next}"`);
}

function file({ config, engine, units }: Info, words: string[]): Told {
  const { path, stat, content } = config;
  const started = nanos(units['docker.service']!['ExecMainStartTimestamp'] ?? '');
  if (started === null) return unknown('when dockerd was started could not be told');
  const other = engine && content && differing(content, engine, words);
  if (other) return value(false, other, path);
  const changed = lastChange(config);
  if (changed === null) return unknown(`when ${path} was removed, or whether, could not be told`);
  const note = `dockerd was started at ${time(started)}; ${path} ${stat ? '' : 'or its directory '}changed at ${time(changed)}`;
  // One tick of the clock that stamps files is too short to read anything: the same time is no proof.
  if (changed < started) return value(true, note);
  // A change of owner or mode leaves the time of the content alone. So does a copy of an older file: then it can't be told.
  if (stat && stat.modified >= started) return value(false, note, path);
  return unknown(`${note}: whether its content did can't be told`);
}

/** Of a file that is not there only its directory can tell when that came about. */
function lastChange({ stat, moved, linked }: Info['config']): bigint | null {
  if (!stat) return moved;
  return linked !== null && linked > stat.changed ? linked : stat.changed;
}

/** The settings that the daemon shows, each with its default. */
const shown: Record<string, { of(engine: Engine): unknown; unset: unknown }> = {
  'log-driver': { of: ({ loggingDriver }) => loggingDriver, unset: 'json-file' },
  'live-restore': { of: ({ liveRestore }) => liveRestore, unset: false },
  'no-new-privileges': { of: (engine) => privilegesOf(engine), unset: false },
};

/** Listed when it is on, https://github.com/moby/moby/pull/45320. Null: an engine that may be too old to list it (20.10 does not, 26.1 does). */
export function privilegesOf({ securityOptions, version }: Engine): boolean | null {
  if (securityOptions.includes('name=no-new-privileges')) return true;
  return notOlder(version, '26.0.0') === true ? false : null;
}

/** What a flag sets is not the file's matter. */
function differing(content: Record<string, unknown>, engine: Engine, words: string[]): string | null {
  for (const [key, { of, unset }] of Object.entries(shown)) {
    if (words.some((word) => word.split('=')[0] === `--${key}`)) continue;
    const [now, wanted] = [of(engine), Object.hasOwn(content, key) ? content[key] : unset];
    if (now !== null && now !== wanted)
      return `${key} is ${String(now)} in the running daemon, ${String(wanted)} by its file`;
  }
  return null;
}

function nanos(stamp: string): bigint | null {
  const match = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.(\d{6}) UTC$/.exec(stamp);
  return match && BigInt(Date.parse(`${match[1]}T${match[2]}Z`)) * 1_000_000n + BigInt(match[3]!) * 1000n;
}

function time(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString();
}
