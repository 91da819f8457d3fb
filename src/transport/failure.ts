import type { HostError } from '../model/evidence.ts';
import type { HostErrorCode } from '../model/status.ts';

/** Why a host could not be asked, as a thing to throw between the parts of a transport; people see `toHostError`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: HostErrorCode;
  readonly hint: string;

  constructor(code: HostErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** What the report says. Anything that is not a Failure is a bug of ours and is thrown on. */
export function toHostError(error: unknown): HostError {
  if (!(error instanceof Failure)) throw error;
  return { code: error.code, message: error.message, hint: error.hint };
}
