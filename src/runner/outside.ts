import type { Answer } from '../model/evidence.ts';
import type { Plan, PlannedProbe } from '../model/plan.ts';
import type { OutsideProbe } from '../model/probe.ts';
import type { CollectOptions, Collected, Peer } from '../transport/index.ts';
import type { Looking } from '../vantage/index.ts';

/** What can be asked of a host from outside; null where there is no outside. */
export interface Outside {
  /** Which authentication methods does a login meet? One declared extra connection. */
  login: ((options: CollectOptions) => Promise<Answer>) | null;
  /** Which ports answer? */
  look: ((probe: OutsideProbe, looking: Looking) => Promise<Answer>) | null;
}

/** The collection that goes on meanwhile. */
export interface Beside {
  peer: Promise<Peer | null>;
  collected: Promise<Collected>;
}

export interface OutsideOptions extends CollectOptions {
  onLook?: (words: string) => void;
}

/** Asks from outside whatever the plan wants to know from there, while the host itself is asked. */
export async function askOutside(
  plan: Plan,
  { login, look }: Outside,
  beside: Beside,
  options: OutsideOptions,
): Promise<Record<string, Answer>> {
  const looking = lookingBeside(beside, options);
  const asked = plan.probes.flatMap((probe) => {
    if (probe.kind === 'login') return [answer(probe, login && login(options))];
    return probe.kind === 'outside' ? [answer(probe, look && look(probe, looking))] : [];
  });
  return Object.fromEntries(await Promise.all(asked));
}

async function answer(probe: PlannedProbe, coming: Promise<Answer> | null): Promise<[string, Answer]> {
  const nowhere = { outcome: 'no-vantage', code: null, stdout: '', stderr: '', truncated: false, ms: 0 } as const;
  return [probe.name, { ...((await coming) ?? nowhere), digest: probe.digest }];
}

/** A host that cannot be asked is not looked at to the end either. */
function lookingBeside({ peer, collected }: Beside, options: OutsideOptions): Looking {
  const failed = new AbortController();
  void collected.then(({ error }) => error && failed.abort());
  return {
    peer,
    answers: collected.then(({ answers }) => answers),
    timeoutSeconds: options.timeoutSeconds,
    signal: AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]),
    onProgress: options.onLook ?? (() => {}),
  };
}
