import { readable, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said, type Said } from '../said.ts';
import { readConfig, type ConfigFile } from './config-file.ts';
import { readEngine, type Engine } from './engine.ts';
import { infoProbe } from './probes.ts';
import { attempt, text } from './shape.ts';

/** A dockerd of this host. `other` runs in a user namespace of its own: rootless, for one account. */
export interface Daemon {
  pid: string;
  kind: 'host' | 'other';
  argv: string[];
  env: string[];
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
    engine: silent || daemons.length === 0 ? null : readEngine(seen),
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
