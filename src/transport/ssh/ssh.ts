import { collectBatch, type Gathered } from '../batch/collect.ts';
import type { Execute } from '../batch/run.ts';
import { Failure, toHostError } from '../failure.ts';
import type { TransportOptions } from '../options.ts';
import { limitTime, type TimeLimit } from '../time-limit.ts';
import type { Collected, CollectOptions, Transport } from '../transport.ts';
import { connect } from './connect.ts';
import { execute } from './execute.ts';
import { nameOf, type Route } from './route.ts';
import { openSession } from './session.ts';

/** Asks a host over SSH: one login, one exec, and truthful counts when it took more. */
export function ssh(target: string, route: Route, options: TransportOptions): Transport {
  return {
    target,
    open: (seconds) => openSession(route, options, seconds),
    collect: async (probes, collecting) => {
      const where = nameOf(route.at(-1)!);
      const time = limitTime(where, collecting);
      const counts = { logins: 0, execs: 0 };
      try {
        const once = () => collectOnce(route, options, probes, time, counts, collecting);
        return { ...(await collectTwice(once, time)), ...counts };
      } catch (error) {
        return { answers: {}, hostClock: null, ...counts, error: toHostError(error) };
      } finally {
        time.stop();
      }
    },
  };
}

type Counts = Pick<Collected, 'logins' | 'execs'>;
type Probes = Parameters<Transport['collect']>[0];

/** A connection that broke midway is made once more: probes only read, so asking twice changes nothing. */
async function collectTwice(once: () => Promise<Gathered>, time: TimeLimit): Promise<Gathered> {
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'lost' || time.ended()) throw error;
    return once();
  }
}

async function collectOnce(
  route: Route,
  options: TransportOptions,
  probes: Probes,
  time: TimeLimit,
  counts: Counts,
  { secrets = {}, onPeer }: CollectOptions,
): Promise<Gathered> {
  const settings = route.at(-1)!;
  const where = nameOf(settings);
  const link = await connect(route, { options, time, onLogin: () => counts.logins++ });
  onPeer?.(link.peer);
  const run: Execute = (command, what) => {
    counts.execs++;
    return execute(link.client, where, command, what, time);
  };
  try {
    return await collectBatch(run, probes, { where, user: settings.user, secrets, seconds: time.seconds });
  } finally {
    link.close();
  }
}
