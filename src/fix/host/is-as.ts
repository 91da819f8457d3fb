import { createHash } from 'node:crypto';
import type { FileState } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';

/** A call that succeeds while the file at `path` has this content, mode and owner; for null while there is none. */
export function isAs(path: string, state: FileState | null): string {
  const is = state ? `${sum(state.content)} ${quote(`${state.mode}|${state.owner}`)}` : "none ''";
  return `fa_same ${quote(path)} ${is}`;
}

const sum = (content: string) => createHash('sha256').update(content).digest('hex');
