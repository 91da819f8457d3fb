import { randomBytes } from 'node:crypto';
import { redact } from '../evidence/index.ts';
import type { Answer, Evidence, Platform } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { Collected, Peer, Transport } from '../transport/index.ts';
import { askOutside, type Beside, type Outside, type OutsideOptions } from './outside.ts';
import { platformProbe } from './plan.ts';
import { version } from './version.ts';

/** One host to be asked. */
export interface Source {
  name: string;
  transport: Transport;
  outside: Outside;
}

/** Asks one host everything in the plan, there in one batch and from outside beside it, and makes evidence of what comes back. Secrets end here. */
export async function collectHost(
  source: Source,
  plan: Plan,
  profileDigest: string,
  options: OutsideOptions,
): Promise<Evidence> {
  const collectedAt = new Date().toISOString();
  const beside = start(source, plan, options);
  const [collected, outside] = await Promise.all([beside.collected, askOutside(plan, source.outside, beside, options)]);
  if (collected.recorded) return collected.recorded;
  const salt = randomBytes(16).toString('hex');
  const sent = Object.values(options.secrets ?? {});
  const answers = redact(plan.probes, { ...collected.answers, ...outside }, salt, sent);
  return toEvidence(source, profileDigest, collectedAt, collected, answers);
}

/** The collection, and where it got to as soon as that is known. */
function start({ transport }: Source, plan: Plan, options: OutsideOptions): Beside {
  let tell: (peer: Peer | null) => void;
  const peer = new Promise<Peer | null>((resolve) => (tell = resolve));
  const probes = plan.probes.filter((probe) => probe.kind === 'host');
  const collected = transport.collect(probes, { ...options, onPeer: (found) => tell(found) });
  return { peer, collected: collected.finally(() => tell(null)) };
}

function toEvidence(
  { name, transport }: Source,
  profileDigest: string,
  collectedAt: string,
  collected: Collected,
  probes: Record<string, Answer>,
): Evidence {
  return {
    schemaVersion: 1,
    tool: { name: 'fleet-audit', version: version() },
    host: { name, target: transport.target },
    collectedAt,
    hostClock: collected.hostClock,
    profileDigest,
    platform: platformOf(probes[platformProbe.name]),
    logins: collected.logins,
    execs: collected.execs,
    error: collected.error,
    probes,
  };
}

/** ID and VERSION_ID of os-release(5); null when the file says neither. */
function platformOf(answer: Answer | undefined): Platform | null {
  const value = (key: string) =>
    new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(answer?.stdout ?? '')?.[1]?.slice(0, 40);
  const os = value('ID');
  return os ? { os, version: value('VERSION_ID') ?? '' } : null;
}
