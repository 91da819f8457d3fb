/** What became of one control on one host. */
export const statuses = ['pass', 'fail', 'error', 'skip', 'waived'] as const;

export type Status = (typeof statuses)[number];

/** Why a fact could not be told. Closed set: reports, scripts and docs rely on it. */
export const unknownCodes = [
  'denied',
  'tool-missing',
  'timed-out',
  'unparsable',
  'too-large',
  'lost',
  'not-collected',
  'no-vantage',
  'unreachable',
  'needs-person',
  'stale',
] as const;

export type UnknownCode = (typeof unknownCodes)[number];

/** Why a whole host could not be assessed. */
export const hostErrorCodes = [
  'dns',
  'refused',
  'timeout',
  'host-key-unknown',
  'host-key-changed',
  'auth',
  'sudo',
  'shell',
  'lost',
] as const;

export type HostErrorCode = (typeof hostErrorCodes)[number];
