import type { Unreadable } from '../answer.ts';
import { one, type Said } from '../said.ts';

/** Why a list is none: the engine does not run, or refused. Null: it was listed, and what is not on the list is not there. */
export function readListing(probe: string, { state, failed }: Said<'state' | 'failed'>): Unreadable | null {
  const words = one(failed);
  if (words !== null) {
    const [, code, why] = /^(\d+)\|(.*)$/s.exec(words) ?? [];
    return refuse(code ?? '', `${probe}: ${why || `docker ended with ${code ?? 'an error'}`}`);
  }
  if (one(state) === 'listed' && failed.length === 0) return null;
  if (one(state) === 'stopped') return { ok: false, code: 'unreachable', message: `${probe}: dockerd does not run` };
  return { ok: false, code: 'unparsable', message: `${probe} printed something else than expected` };
}

function refuse(code: string, message: string): Unreadable {
  if (code === '127') return { ok: false, code: 'tool-missing', message };
  if (code === '124' || code === '137') return { ok: false, code: 'timed-out', message };
  return { ok: false, code: /permission denied/i.test(message) ? 'denied' : 'unreachable', message };
}
