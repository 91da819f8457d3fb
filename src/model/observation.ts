import type { UnknownCode } from './status.ts';

interface Observed {
  /** The fact of the resource that this is about: `mode`, `PermitRootLogin`. */
  fact: string;
  /** How a sentence names it: `mode of /home/fleetclaw/.ssh`, `PermitRootLogin for user root from 10.1.2.3`. */
  label: string;
  /** The probe it was read from. */
  probe: string;
  /** File and line, or the command, that decides: `/etc/ssh/sshd_config.d/50-cloud-init.conf:1`. */
  where?: string;
  /** Said in brackets behind the value: `set by /etc/…:1`. */
  note?: string;
}

/**
 * One fact about a host as a resource reads it out of evidence. Only `value` can make an expectation hold, and
 * `absent` (proven, not merely unseen) one that names absence.
 */
export type Observation = Observed &
  (
    | { state: 'value'; value: unknown }
    | { state: 'absent'; message: string }
    /** The author or the operator said that this need not be looked at here. */
    | { state: 'skipped'; message: string }
    | { state: 'unknown'; code: UnknownCode; message: string }
  );
