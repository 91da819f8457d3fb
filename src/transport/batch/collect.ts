import { randomBytes } from 'node:crypto';
import type { PlannedHostProbe } from '../../model/plan.ts';
import { Failure, toHostError } from '../failure.ts';
import type { Collected } from '../transport.ts';
import { bootFromArgument, bootFromStdin } from './boot.ts';
import { secretLines } from './secrets.ts';
import { noAnswer, outputLimit, parse, type Parsed } from './parse.ts';
import { notRoot, refusal } from './refusal.ts';
import type { Execute, Run } from './run.ts';
import { generate } from './script.ts';

export interface BatchOptions {
  /** The host and the user, for error messages. */
  where: string;
  user: string;
  /** By the input's name. */
  secrets: Readonly<Record<string, string>>;
  /** Seconds that are left for all of it. */
  seconds: () => number;
}

export type Gathered = Pick<Collected, 'answers' | 'hostClock' | 'error'>;

/**
 * Asks these probes over a way to execute commands: one exec, unless something on the host forces a fallback (its
 * start-up files swallow stdin; a lane was killed; its disk is full).
 * @throws {Failure} when the connection was lost or the time is up
 */
export async function collectBatch(
  execute: Execute,
  probes: readonly PlannedHostProbe[],
  options: BatchOptions,
): Promise<Gathered> {
  try {
    const first = await ask(execute, probes, options, false);
    const missing = probes.filter((probe) => first.answers[probe.name]!.outcome === 'lost');
    const second = missing.length > 0 ? await askAgain(execute, missing, options) : {};
    return { answers: { ...first.answers, ...second }, hostClock: first.hostClock, error: null };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'sudo') throw error;
    const denied = probes.map((probe) => [probe.name, noAnswer(probe, 'denied', error.message)] as const);
    return { answers: Object.fromEntries(denied), hostClock: null, error: toHostError(error) };
  }
}

async function ask(
  execute: Execute,
  probes: readonly PlannedHostProbe[],
  options: BatchOptions,
  stream: boolean,
): Promise<Parsed> {
  const nonce = randomBytes(12).toString('hex');
  const script = generate(probes, { nonce, totalSeconds: options.seconds() - margin, stream });
  const limit = outputLimit(probes);
  let run = await execute(bootFromStdin, { input: secretLines(options.secrets) + script, limit });
  let parsed = parse(run.stdout, run.stderr, nonce, probes);
  // Everybody on the host can read that command, so no secret goes along: what needs one finds no $FA_SECRET_….
  const command = bootFromArgument(script);
  if (parsed.frame === 'none' && mayHaveLostItsScript(run, options) && command !== null) {
    run = await execute(command, { input: '', limit });
    parsed = parse(run.stdout, run.stderr, nonce, probes);
  }
  if (parsed.frame === 'none') throw refusal(run, options.where, options.user);
  if (parsed.frame === 'whole' && parsed.uid !== 0) throw notRoot(parsed.uid, options.where, options.user);
  return parsed;
}

/** Not one of the two refusals that a second try cannot change. */
function mayHaveLostItsScript(run: Run, { where, user }: BatchOptions): boolean {
  return refusal(run, where, user).code === 'shell';
}

/** What got lost is asked once more without any file on the host. If that goes wrong too, it stays lost. */
async function askAgain(
  execute: Execute,
  probes: readonly PlannedHostProbe[],
  options: BatchOptions,
): Promise<Parsed['answers']> {
  try {
    const { answers } = await ask(execute, probes, options, true);
    return answers;
  } catch (error) {
    if (error instanceof Failure) return {};
    throw error;
  }
}

/** Seconds between the host's own time limit and ours, so that what came until then still arrives. */
const margin = 5;
