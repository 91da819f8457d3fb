import type { HostProbe, Probe } from './probe.ts';

/** A probe with the digest of what it asks: equal digests are one question. */
export type PlannedProbe = Probe & { digest: string };

/** One that a transport carries to the host. */
export type PlannedHostProbe = HostProbe & { digest: string };

/** Everything that will be asked of a host, each question once. */
export interface Plan {
  probes: PlannedProbe[];
  /** How many probes the controls asked for before equal ones were merged. */
  requested: number;
}
