import pLimit from 'p-limit';
import type { Answer } from '../model/evidence.ts';
import type { Aim, OutsideProbe } from '../model/probe.ts';
import type { Peer } from '../transport/index.ts';
import type { Live } from './knock.ts';
import { NoAnswer } from './no-answer.ts';
import { print } from './print.ts';
import { firstTarget, otherTargets, type Target } from './targets.ts';
import { lookAtTcp, type Seen } from './tcp.ts';
import { lookAtUdp } from './udp.ts';

/** What a look needs to know of the collection that goes on beside it. */
export interface Looking {
  /** Where the transport got to; null when it got nowhere. */
  peer: Promise<Peer | null>;
  /** What the host said; empty when it could not be asked. */
  answers: Promise<Readonly<Record<string, Answer>>>;
  /** For each address, from the moment that it is its turn. */
  timeoutSeconds: number;
  signal: AbortSignal;
  /** How far it is, in words for a person. */
  onProgress: (words: string) => void;
}

/** Looks at a host from this machine, as the internet would. Never throws for what it meets; the digest is the caller's to fill in. */
export async function look(probe: OutsideProbe, looking: Looking): Promise<Answer> {
  const start = performance.now();
  const answer = (outcome: Answer['outcome'], code: Answer['code'], stdout: string, stderr: string): Answer => {
    const ms = Math.round(performance.now() - start);
    return { digest: '', outcome, code, stdout, stderr, truncated: false, ms };
  };
  try {
    return answer('exited', 0, print(await lookAtAll(probe, looking)), '');
  } catch (error) {
    if (error instanceof NoAnswer) return answer(error.outcome, error.code, '', error.message);
    throw error;
  }
}

/** Begins with the address that is known at once; the host's others follow when it has named them. */
async function lookAtAll(probe: OutsideProbe, looking: Looking): Promise<Seen[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([looking.signal, failed.signal]);
  const aim = looking.answers.then((answers) => probe.aim(answers));
  const at = (target: Target) => lookInTurn(probe, target, aim, { ...looking, signal });
  try {
    const first = await firstTarget(probe, await looking.peer);
    const early = first ? [at(first)] : [];
    const late = otherTargets(probe, first, await aimOrFailure(aim, early)).then((others) =>
      Promise.all(others.map(at)),
    );
    const [seen, more] = await Promise.all([Promise.all(early), late]);
    return [...seen, ...more];
  } finally {
    failed.abort();
  }
}

/** A look that fails while the host is still asked is told at once, and not an unhandled rejection. */
function aimOrFailure<T>(aim: Promise<T>, early: Promise<unknown>[]): Promise<T> {
  return Promise.race([aim, ...early.map((each) => each.then(() => aim))]);
}

/** Sweeps at once from this machine: more would get into each other's way. */
const turns = pLimit(4);

function lookInTurn(probe: OutsideProbe, target: Target, aim: Promise<Aim | null>, looking: Looking): Promise<Seen> {
  return turns(async () => {
    const limit = limitTime(looking);
    const onPercent = (percent: number, left: number | null) => looking.onProgress(words(target, percent, left));
    const lookAt = probe.protocol === 'tcp' ? lookAtTcp : lookAtUdp;
    try {
      const seen = await lookAt(probe, target, aim, { ...limit, onPercent });
      limit.signal.throwIfAborted();
      return seen;
    } catch (error) {
      throw limit.signal.aborted ? limit.signal.reason : error;
    } finally {
      limit.stop();
    }
  });
}

/** Aborts, with a NoAnswer for its reason, at the time limit or with what is around it. */
function limitTime({ timeoutSeconds, signal: outer }: Looking): { signal: AbortSignal; live: Live; stop: () => void } {
  const up = new AbortController();
  const live: Live = new Set();
  up.signal.addEventListener('abort', () => live.forEach((end) => end()));
  const late = new NoAnswer('timed-out', `not done within ${timeoutSeconds} s: a longer --timeout may help`);
  const timer = setTimeout(() => up.abort(late), timeoutSeconds * 1000);
  const end = () => up.abort(new NoAnswer('lost', 'interrupted'));
  outer.addEventListener('abort', end);
  if (outer.aborted) end();
  const stop = () => {
    clearTimeout(timer);
    outer.removeEventListener('abort', end);
  };
  return { signal: up.signal, live, stop };
}

function words({ address }: Target, percent: number, left: number | null): string {
  const rest = left === null ? '' : `, about ${left} s left`;
  return `${address} from outside: ${percent.toFixed(0)} %${rest}`;
}
