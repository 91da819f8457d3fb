import type { Answer } from '../model/evidence.ts';

/** Why a look from outside tells nothing. The message is for the report: what is the matter, and what to do. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly outcome: Answer['outcome'];

  readonly code: Answer['code'];

  constructor(outcome: Answer['outcome'], message: string, code: Answer['code'] = null) {
    super(message);
    this.code = code;
    this.outcome = outcome;
  }
}
