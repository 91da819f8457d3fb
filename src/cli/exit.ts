/** Exit codes, as published. Never renumbered: scripts depend on them. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  undecided: 3,
  rolledBack: 4,
  rollbackFailed: 5,
  unwritten: 6,
  internal: 70,
  interrupted: 130,
} as const;

/** What the command line, or a file it names, has wrong: exit 2, nothing was judged. */
export class UsageError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
