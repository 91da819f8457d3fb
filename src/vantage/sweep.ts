import type { Knocked } from './knock.ts';
import { knockAtAll } from './knock-all.ts';
import type { Scan, Watch } from './scan.ts';
import type { Target } from './targets.ts';

/** Tries all TCP ports from here, for want of nmap. @throws {NoAnswer} when this machine itself is in the way */
export async function sweep({ address, knownPort }: Target, watch: Watch): Promise<Scan> {
  const met = await knockAtAll(address, watch);
  const portsThat = (state: Knocked) => [...met].filter(([, each]) => each === state).map(([port]) => port);
  const states = ['open', 'closed', 'filtered'] as const;
  return {
    tool: 'fleet-audit',
    method: 'connect',
    counts: Object.fromEntries(states.map((state) => [state, portsThat(state).length])),
    open: portsThat('open'),
    known: { state: met.get(knownPort) ?? 'not looked at', reason: 'connect' },
    warnings: [],
  };
}
