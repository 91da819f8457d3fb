import { randomBytes } from 'node:crypto';
import { redact } from '../evidence/index.ts';
import type { Answer, Evidence, Platform } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { CollectOptions, Collected, Transport } from '../transport/transport.ts';
import { platformProbe } from './plan.ts';
import { version } from './version.ts';

/** Asks from outside which authentication methods a login meets; null where there is no outside. */
export type AskLogin = ((options: CollectOptions) => Promise<Answer>) | null;

/** One host to be asked. */
export interface Source {
  name: string;
  transport: Transport;
  askLogin: AskLogin;
}

/** Asks one host everything in the plan, in one batch, and makes evidence of what comes back. Secrets end here. */
export async function collectHost(
  source: Source,
  plan: Plan,
  profileDigest: string,
  options: CollectOptions,
): Promise<Evidence> {
  const collectedAt = new Date().toISOString();
  const [collected, outside] = await Promise.all([
    source.transport.collect(
      plan.probes.filter((probe) => probe.kind === 'host'),
      options,
    ),
    askOutside(plan, source.askLogin, options),
  ]);
  if (collected.recorded) return collected.recorded;
  const salt = randomBytes(16).toString('hex');
  const sent = Object.values(options.secrets ?? {});
  const answers = redact(plan.probes, { ...collected.answers, ...outside }, salt, sent);
  return toEvidence(source, profileDigest, collectedAt, collected, answers);
}

/** The login-method probe is one declared extra connection beside the collection. */
async function askOutside(plan: Plan, askLogin: AskLogin, options: CollectOptions): Promise<Record<string, Answer>> {
  const probe = plan.probes.find((each) => each.kind === 'login');
  if (!probe) return {};
  const nowhere: Answer = {
    digest: probe.digest,
    outcome: 'no-vantage',
    code: null,
    stdout: '',
    stderr: '',
    truncated: false,
    ms: 0,
  };
  return { [probe.name]: askLogin ? { ...(await askLogin(options)), digest: probe.digest } : nowhere };
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
