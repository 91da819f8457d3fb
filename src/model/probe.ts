import type { Answer } from './evidence.ts';

/**
 * A read-only question to a host, asked by a POSIX `sh` snippet.
 *
 * `name` is what people read (`sshd.effective`, `file:/etc/shadow`); two probes with one name must ask the same question.
 * The snippet runs as root with `LC_ALL=C`, a sane `PATH`, no stdin, in a subshell of its own.
 */
export interface HostProbe {
  kind: 'host';
  name: string;
  run: string;
  /** Seconds before the snippet and its children are killed. Default 10. */
  timeoutSeconds?: number;
  /** Bytes of stdout (and of stderr) kept before the answer counts as truncated. Default 1 MiB. */
  maxBytes?: number;
  /**
   * Removes secrets from stdout, in memory, before anything is stored. Pure. `salt` is fresh for every run, so that
   * digests of secrets can be compared inside one run and mean nothing outside it.
   */
  reduce?: (stdout: string, salt: string) => string;
}

/** A question asked from outside: which authentication methods does a login attempt meet? Asked once per run. */
export interface LoginProbe {
  kind: 'login';
  name: 'ssh_login.methods';
}

/**
 * A look from outside: which ports answer over the network? Addresses are those that the transport connected to, and
 * those that `aim` finds in what the host itself says.
 */
export interface OutsideProbe {
  kind: 'outside';
  name: string;
  family: 4 | 6;
  protocol: 'tcp' | 'udp';
  /** What is asked: all TCP ports, or these. */
  ports: 'all' | number[];
  /** Looked at once more, slowly, because a miss would be grave. */
  again: number[];
  /** The port that must be found open at every address: an audit just came in there. */
  knownPort: number;
  /** Look at this address instead of the one that was connected to. */
  address: string | null;
  /** Also over private networks and tunnels, which see more than the internet does. */
  nearby: boolean;
  /** What the host's own answers add. Pure; null when they do not tell. */
  aim: (answers: Readonly<Record<string, Answer>>) => Aim | null;
}

/** What a host says about itself that helps to look at it from outside. */
export interface Aim {
  /** Its public addresses of the probe's family. */
  addresses: string[];
  /** Ports of the probe's protocol on which something listens beyond loopback. */
  ports: number[];
}

export type Probe = HostProbe | LoginProbe | OutsideProbe;
