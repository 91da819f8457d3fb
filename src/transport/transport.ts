import type { Answer, Evidence, HostError } from '../model/evidence.ts';
import type { PlannedHostProbe } from '../model/plan.ts';

/** What a transport brings home for one host. A host that could not be asked has `error` and an answer for no probe. */
export interface Collected {
  /** One answer per probe it was given, by probe name. Missing entries are told apart by the judge as `not-collected`. */
  answers: Record<string, Answer>;
  /** UTC ISO 8601 by the host's own clock; null when nothing came back. */
  hostClock: string | null;
  logins: number;
  execs: number;
  error: HostError | null;
  /** Only from a replay: evidence as it was recorded, whole and already without secrets. */
  recorded?: Evidence;
}

export interface CollectOptions {
  /** Seconds for the whole collection, connection included. */
  timeoutSeconds: number;
  /** Secrets that probes need, by the input's name. They travel on stdin only and are seen as `$FA_SECRET_NAME`. */
  secrets?: Readonly<Record<string, string>>;
  /** Aborted when the user interrupts; the transport then closes everything it opened. */
  signal?: AbortSignal;
  /** Called with the way's other end once it is up; never called for a way that has none, like a replay. */
  onPeer?: (peer: Peer) => void;
}

/** Where the TCP connection of a login ended. Behind a jump host nobody here knows the address. */
export type Peer = { address: string; port: number } | 'behind a jump host';

/** A root shell on the host, for as long as it is kept open. */
export interface Session {
  /** Whether it came in by a new connection and login of its own, which proves that one can. */
  login: boolean;
  /** Counted from the call. @throws {Failure} when the way broke or the time was up; what runs on the host may go on */
  run(script: string, seconds: number): Promise<{ code: number | null; stdout: string; stderr: string }>;
  close(): void;
}

/** Carries the host probes of a plan to one host in one batch and brings the answers back. Never throws for what a host does. */
export interface Transport {
  /** As the user names it: `local`, `ssh://ubuntu@vps3:22`, `replay:evidence.json`. */
  readonly target: string;
  collect(probes: PlannedHostProbe[], options: CollectOptions): Promise<Collected>;
  /** A brand-new connection and login, whatever else is open; null where there is no host behind it. @throws {Failure} */
  open: ((seconds: number) => Promise<Session>) | null;
}
