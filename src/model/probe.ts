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

export type Probe = HostProbe | LoginProbe;
