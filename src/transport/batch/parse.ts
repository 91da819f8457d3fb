import type { Answer } from '../../model/evidence.ts';
import type { PlannedHostProbe } from '../../model/plan.ts';
import type { HostProbe } from '../../model/probe.ts';
import { readFrame } from './frame.ts';
import { capOf, timeoutOf } from './script.ts';
import { readStream } from './stream.ts';

/** What is known of one probe before it is judged whole, cut off or lost. */
export interface Raw {
  code: number | null;
  stdout: Buffer;
  stderr: Buffer;
  seconds: number | null;
  timedOut: boolean;
}

export interface Batch {
  /** none: the script did not start; broken: it did, but what came is not to be trusted; whole: as it was sent. */
  frame: 'none' | 'broken' | 'whole';
  /** Why the frame is broken, for people. */
  reason: string;
  uid: number | null;
  hostClock: string | null;
  /** By probe's place, from 1. */
  raws: Map<number, Raw>;
}

export interface Parsed extends Omit<Batch, 'raws'> {
  /** One for every probe: 'lost' where no trustworthy answer came. */
  answers: Record<string, Answer>;
}

/**
 * Reads what the script of `generate` printed. Fails closed: anything but a frame that is right to the last byte makes
 * answers 'lost', never values. A stream (no writable directory) has no checksum beyond that of SSH itself, but a probe
 * counts only when its own end marker came.
 */
export function parse(stdout: Buffer, stderr: Buffer, nonce: string, probes: readonly PlannedHostProbe[]): Parsed {
  const { raws, ...batch } = readFrame(stdout, nonce, outputLimit(probes)) ?? readStream(stdout, stderr, nonce, probes);
  const answers = probes.map((probe, index) => [probe.name, toAnswer(probe, raws.get(index + 1), batch.reason)]);
  return { ...batch, answers: Object.fromEntries(answers) };
}

/** More than this cannot be a frame for these probes: both streams of each at their caps, and the tables. */
export function outputLimit(probes: readonly HostProbe[]): number {
  return probes.reduce((sum, probe) => sum + 2 * capOf(probe) + 4096, 1024 * 1024);
}

/** An Answer that says why there is none. */
export function noAnswer(probe: PlannedHostProbe, outcome: 'lost' | 'denied', why: string): Answer {
  return { digest: probe.digest, outcome, code: null, stdout: '', stderr: why, truncated: false, ms: 0 };
}

function toAnswer(probe: PlannedHostProbe, raw: Raw | undefined, reason: string): Answer {
  if (!raw) return noAnswer(probe, 'lost', reason || 'no answer came back');
  const cap = capOf(probe);
  const truncated = raw.code === sigxfsz || raw.stdout.length >= cap || raw.stderr.length >= cap;
  const timedOut = raw.timedOut || (raw.seconds ?? 0) > timeoutOf(probe) + grace;
  if (raw.code === null && !timedOut) return noAnswer(probe, 'lost', 'its process was lost on the host');
  const outcome = timedOut ? 'timed-out' : truncated ? 'truncated' : 'exited';
  return {
    digest: probe.digest,
    outcome,
    code: outcome === 'exited' ? raw.code : null,
    stdout: raw.stdout.subarray(0, cap).toString(),
    stderr: raw.stderr.subarray(0, cap).toString(),
    truncated,
    ms: Math.round(Math.max(0, raw.seconds ?? 0) * 1000),
  };
}

/** A process that writes beyond RLIMIT_FSIZE is ended by signal 25; one that ignores it is known by its size. */
const sigxfsz = 128 + 25;

/** The watchdog ticks once a second, so a probe may live a little longer than its limit and still end by itself. */
const grace = 3;
