import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { parseInfo, type Info } from './info.ts';
import { infoProbe } from './probes.ts';
import { notOlder } from './version.ts';

const labels: Record<string, string> = {
  version: "the engine's version",
  platform: "the engine's platform",
};

/** What the traces and the daemon's own words say. */
export function readDocker(options: { min_version?: string }, answers: Answers): Observation[] {
  const label = (fact: string) => labels[fact] ?? 'Docker';
  const info = parseInfo(answers);
  const facts = ['present', 'snap', 'answers', 'version', 'recent', 'platform', 'loopback_guarded'];
  if (!info.ok) return unknownFacts(facts, label, infoProbe.name, info);
  return observe(infoProbe.name, label, tell(info, options.min_version));
}

function tell(info: Info, minimum: string | undefined): Record<string, Told> {
  const found = trace(info);
  const none = found ? unknown(info.silent, 'unreachable') : absent('there is no Docker engine');
  const { engine } = info;
  return {
    present: value(found !== null, found ?? 'no program, unit, socket or process of it'),
    snap: value(isSnap(info)),
    answers: found ? answering(info) : none,
    version: engine ? value(engine.version) : none,
    recent: engine ? recent(engine.version, minimum) : none,
    platform: engine ? value(engine.platform) : none,
    loopback_guarded: engine ? guarded(info) : none,
  };
}

/** The first trace of an engine, running or not; its client alone is one, too. */
function trace({ daemons, programs, snap, sockets, units }: Info): string | null {
  const unit = Object.values(units).find(({ LoadState }) => LoadState !== 'not-found');
  if (daemons.length > 0) return `dockerd is process ${daemons.map(({ pid }) => pid).join(', ')}`;
  if (unit) return `there is ${unit['Id']}`;
  if (programs.length > 0) return `there is ${programs[0]!.path}`;
  if (snap) return 'there is /snap/docker';
  return sockets.length > 0 ? `there is ${sockets[0]!.path}` : null;
}

function isSnap({ snap, programs, units }: Info): boolean {
  const unit = units['snap.docker.dockerd.service'];
  return (
    snap ||
    unit?.['LoadState'] !== 'not-found' ||
    programs.some(({ path, real }) => path.startsWith('/snap/') || real.startsWith('/snap/'))
  );
}

function recent(version: string, minimum: string | undefined): Told {
  if (minimum === undefined) return unknown('no min_version was given to compare with', 'needs-person');
  const seen = notOlder(version, minimum);
  if (seen === null) return unknown(`its version ${version} is of no known form`);
  return value(seen, `version ${version}, at least ${minimum} is wanted`);
}

/** A client that is missing says nothing of the daemon. */
function answering({ engine, silent, unasked }: Info): Told {
  if (unasked) return unknown(silent, 'tool-missing');
  return value(engine !== null, engine ? `version ${engine.version}` : silent);
}

/** The variable is read at the daemon's start: what it was started with counts now, what its unit has counts next. */
function guarded({ daemons, next, config }: Info): Told {
  const name = 'DOCKER_INSECURE_NO_IPTABLES_RAW';
  const off = (each: string) => each !== `${name}=0`;
  const now = daemons.flatMap(({ env }) => env).find(off);
  if (now) return value(false, `${now} in its environment`);
  const later = next.find(off);
  if (later) return value(false, `${later} in the environment of its next start`);
  const noRules =
    daemons.flatMap(({ argv }) => argv).includes('--iptables=false') || config.content?.['iptables'] === false;
  return noRules
    ? value(false, 'iptables is false, so that it makes no rules at all')
    : value(true, `${name} is not set`);
}
