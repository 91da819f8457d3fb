import type { Evidence } from '../model/evidence.ts';
import type { Transport } from './transport.ts';

/** Answers from recorded evidence: whole, as it was recorded, whatever is asked. The judge tells what it answers. */
export function replay(evidence: Evidence): Transport {
  const { hostClock, logins, execs, error, probes } = evidence;
  return {
    target: evidence.host.target,
    open: null,
    collect: async () => ({ answers: probes, hostClock, logins, execs, error, recorded: evidence }),
  };
}
