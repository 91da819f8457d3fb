import { readable, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said, type Said } from '../said.ts';
import { infoProbe } from './probes.ts';
import { attempt, flag, list, parseRecord, record, text, type Json } from './shape.ts';

/** A dockerd of this host. `other` runs in a user namespace of its own: rootless, for one account. */
export interface Daemon {
  pid: string;
  kind: 'host' | 'other';
  argv: string[];
  env: string[];
}

export interface ConfigFile {
  path: string;
  /** Null: it is not there, `why` says so. Times are nanoseconds since 1970. */
  stat: { mode: string; owner: string; group: string; type: string; modified: bigint; changed: bigint } | null;
  /** When a name was last added to its directory or taken out; null: not told. */
  moved: bigint | null;
  /** When the link that it is was set; null: it is none. */
  linked: bigint | null;
  /** What it says, an empty record where it is empty or not there; null where it can't be read as JSON. */
  content: Json | null;
  why: string;
  /** The line of each key, nested ones as `log-opts.max-size`. */
  lines: Record<string, number>;
}

/** What the daemon says of itself. */
export interface Engine {
  version: string;
  platform: string;
  loggingDriver: string;
  liveRestore: boolean;
  securityOptions: string[];
  swarm: string;
  /** iptables, iptables+firewalld, nftables; null from engines before 28.1, which do not say. */
  firewall: string | null;
  dataRoot: string;
}

export interface Info {
  ok: true;
  programs: { name: string; real: string; path: string }[];
  sockets: { real: string; path: string }[];
  snap: boolean;
  daemons: Daemon[];
  /** docker.service, docker.socket and snap.docker.dockerd.service, as `systemctl show` prints them. */
  units: Record<string, Record<string, string>>;
  /** Variables of the next start that change what the engine protects. */
  next: string[];
  config: ConfigFile;
  /** Null: no daemon runs, or it gave no answer, and then `silent` says why. */
  engine: Engine | null;
  silent: string;
  /** That it was silent because it could not be asked: its client is missing. */
  unasked: boolean;
}

const words = [
  'program snap socket show unit process argv env next config dir link file nofile json nojson key version info failed',
].flatMap((line) => line.split(' '));

/** Reads the whole answer, or tells why it says nothing. */
export function parseInfo(answers: Answers): Info | Unreadable {
  const answer = readable(answers, infoProbe.name);
  if (!answer.ok) return answer;
  const sorted = said(answers, infoProbe.name, words);
  if (!sorted.ok) return sorted;
  const odd = { ok: false, code: 'unparsable', message: 'docker.info printed something else than expected' } as const;
  return attempt(() => readInfo(answer.stdout, sorted.said)) ?? odd;
}

function readInfo(stdout: string, seen: Said<string>): Info {
  const blocks = stdout.split('\n');
  const silent = seen['failed']!.map((each) => each.split('|').slice(1).join(': ')).join('; ');
  const daemons = readDaemons(blocks);
  return {
    ok: true,
    programs: seen['program']!.map(three).map(([name, real, path]) => ({ name: name!, real: real!, path: path! })),
    sockets: seen['socket']!.map((each) => each.split('|')).map(([real, path]) => ({
      real: text(real),
      path: text(path),
    })),
    snap: seen['snap']!.length > 0,
    daemons,
    units: readUnits(blocks),
    next: seen['next']!,
    config: readConfig(seen),
    engine: silent ? null : readEngine(seen, daemons),
    silent: silent || 'dockerd does not run',
    unasked: seen['failed']!.some((each) => /^\w+\|12[67]\|/.test(each)),
  };
}

function three(line: string): string[] {
  const parts = line.split('|');
  if (parts.length !== 3) throw new TypeError('not three parts');
  return parts;
}

function readDaemons(lines: string[]): Daemon[] {
  const daemons: Daemon[] = [];
  for (const line of lines) {
    const [word, rest] = line.split(/\|(.*)/s) as [string, string];
    if (word === 'process') daemons.push(readProcess(rest));
    else if (word === 'argv' || word === 'env') daemons.at(-1)![word].push(rest);
  }
  return daemons.map((each) => ({ ...each, argv: withoutEnd(each.argv) }));
}

function readProcess(line: string): Daemon {
  const [, pid, kind] = /^(\d+)\|(host|other)$/.exec(line)!;
  return { pid: pid!, kind: kind as Daemon['kind'], argv: [], env: [] };
}

/** The last word ends with a NUL too, so that an empty line stands behind it. */
function withoutEnd(argv: string[]): string[] {
  return argv.at(-1) === '' ? argv.slice(0, -1) : argv;
}

function readUnits(lines: string[]): Info['units'] {
  const units: Info['units'] = {};
  let unit: Record<string, string> | null = null;
  for (const line of lines) {
    const [word, rest] = line.split(/\|(.*)/s) as [string, string];
    if (word === 'show') unit = units[rest] = {};
    if (word !== 'unit') continue;
    const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(rest)!;
    // Listen= stands there once for each address.
    unit![name!] = Object.hasOwn(unit!, name!) ? `${unit![name!]}\n${value}` : value!;
  }
  text(units['docker.service']?.['Id'] && units['docker.socket']?.['Id']);
  return units;
}

function readConfig(seen: Said<string>): ConfigFile {
  const path = text(one(seen['config']!));
  const lines = Object.fromEntries(
    seen['key']!.map((each) => /^(\d+)\|(.*)$/s.exec(each)!).map(([, n, key]) => [key!, Number(n)]),
  );
  const [moved, linked] = [seen['dir'], seen['link']].map((each) => stamp(one(each!)));
  if (seen['nofile']!.length > 0)
    return { path, stat: null, moved: moved!, linked: linked!, lines, ...missing(text(one(seen['nofile']!))) };
  const stat = readStat(text(one(seen['file']!)));
  const bad = one(seen['nojson']!);
  // A file without a single line prints none.
  const content = bad === null ? (seen['json']!.length === 0 ? {} : parseRecord(text(one(seen['json']!)))) : null;
  return { path, stat, moved: moved!, linked: linked!, content, lines, why: bad ?? '' };
}

function stamp(time: string | null): bigint | null {
  return time === null ? null : BigInt(/^(\d+)\.(\d{9})$/.exec(time)!.slice(1).join(''));
}

function missing(why: string): Pick<ConfigFile, 'content' | 'why'> {
  return { content: why.endsWith(': No such file or directory') ? {} : null, why };
}

function readStat(line: string): ConfigFile['stat'] {
  const form = /^([0-7]{1,4})\|([^|]+)\|([^|]+)\|([^|]+)\|(\d+)\.(\d{9})\|(\d+)\.(\d{9})\|\d+$/;
  const [, mode, owner, group, type, ms, mns, cs, cns] = form.exec(line)!;
  return {
    mode: mode!,
    owner: owner!,
    group: group!,
    type: type!,
    modified: BigInt(ms! + mns!),
    changed: BigInt(cs! + cns!),
  };
}

/** A client before 28.1 ends well without a daemon's answer, so only an answer with a version is one. */
function readEngine(seen: Said<string>, daemons: Daemon[]): Engine | null {
  if (daemons.length === 0) return null;
  const info = parseRecord(text(one(seen['info']!)));
  const version = parseRecord(text(one(seen['version']!)));
  return {
    version: nonEmpty(info['ServerVersion']),
    platform: text(record(version['Platform'])['Name']),
    loggingDriver: nonEmpty(info['LoggingDriver']),
    liveRestore: flag(info['LiveRestoreEnabled']),
    securityOptions: list(info['SecurityOptions'] ?? null, text),
    swarm: nonEmpty(record(info['Swarm'])['LocalNodeState']),
    firewall:
      'FirewallBackend' in info && info['FirewallBackend'] !== null
        ? text(record(info['FirewallBackend'])['Driver'])
        : null,
    dataRoot: nonEmpty(info['DockerRootDir']),
  };
}

function nonEmpty(of: unknown): string {
  if (text(of) === '') throw new TypeError('empty');
  return of as string;
}
