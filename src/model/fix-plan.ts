import type { Risk } from './fix.ts';

/** Mode and owner, as `0644` and `root:root`. */
export interface Access {
  mode: string;
  owner: string;
}

/** A file as it is, or is to be; `null` where there is none. Secret contents never leave the host's memory and ours. */
export interface FileState extends Access {
  content: string;
}

/** One file that a transaction changes. */
export interface FileChange {
  path: string;
  before: FileState | null;
  after: FileState;
  /** The unified diff for people, secrets left out. */
  diff: string;
}

/** What is changed beside files. */
export type LiveChange =
  | { kind: 'sysctl'; key: string; value: string; before: string }
  | { kind: 'ufw'; commands: string[] }
  | { kind: 'docker_user' }
  /** Docker reads its file anew. A rollback goes by way of the old file with live-restore on, then off: so containers keep running. */
  | { kind: 'docker'; bridge: { on: string; off: string } }
  | { kind: 'access'; path: string; before: Access; after: Access }
  | { kind: 'packages'; names: string[] }
  | { kind: 'run'; says: string; do: string; undo: string; touches: string[] }
  | { kind: 'unit'; name: string; enabled: boolean; started: boolean };

/** All that is done, proven and undone together. */
export interface Transaction {
  risk: Risk;
  /** In words: `sshd`, `files and settings that nobody notices`. */
  subject: string;
  controls: string[];
  files: FileChange[];
  live: LiveChange[];
  /** Commands that must end with 0 before anything reads the new files. */
  validate: string[];
  /** Commands that make services read them; run again after a rollback. */
  activate: string[];
  dangers: string[];
}

/** Why a control that fails stays as it is. */
export interface Left {
  control: string;
  /** `later`: what it needs is mended by this plan, and the next one has it. */
  why: 'manual' | 'refused' | 'later';
  reason: string;
}

/** Everything that `--fix` would do to one host, in order. Computed from evidence; the same evidence gives the same hash. */
export interface FixPlan {
  hash: string;
  transactions: Transaction[];
  left: Left[];
}

/** What became of the fix of one control. */
export const fixStatuses = [
  'planned',
  'fixed',
  'fix-failed-rolled-back',
  'reverted-lockout',
  'refused',
  'needs-reboot',
  'needs-manual',
  'rollback-failed',
] as const;
export type FixStatus = (typeof fixStatuses)[number];
