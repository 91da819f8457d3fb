import type { Evidence } from '../model/evidence.ts';
import type { PlannedProbe } from '../model/plan.ts';
import type { Transport } from './transport.ts';

/**
 * Answers from recorded evidence. A probe that was not recorded has no answer; one that asked something else then (its
 * digest differs) is handed over as it is, for the judge to call stale.
 */
export function replay(evidence: Evidence): Transport {
  const { hostClock, logins, execs, error } = evidence;
  return {
    target: evidence.host.target,
    collect: async (probes) => ({
      answers: pick(evidence, probes),
      hostClock,
      logins,
      execs,
      error,
      recorded: evidence,
    }),
  };
}

function pick({ probes: recorded }: Evidence, probes: readonly PlannedProbe[]): Evidence['probes'] {
  const known = probes.filter(({ name }) => Object.hasOwn(recorded, name));
  return Object.fromEntries(known.map(({ name }) => [name, recorded[name]!]));
}
