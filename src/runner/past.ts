import { listTransactions, rollBack, type Past, type Undone } from '../fix/index.ts';
import type { Session } from '../transport/index.ts';
import type { Source } from './collect.ts';

export type { Past } from '../fix/index.ts';

/** What a host remembers of earlier fixes, oldest first. `seconds` is for logging in. @throws {Failure} when it cannot be reached */
export function listPast(source: Source, seconds: number): Promise<Past[]> {
  return withSession(source, seconds, listTransactions);
}

/** Undoes one of them, or the last that stands when no id is given; null when there is no such one. */
export function undoPast(
  source: Source,
  seconds: number,
  { id, force }: { id: string | null; force: boolean },
): Promise<{ past: Past; undone: Undone } | null> {
  return withSession(source, seconds, async (session) => {
    const all = await listTransactions(session);
    const past = all.findLast((each) => (id ? each.id === id : stands.has(each.state)));
    return past ? { past, undone: await rollBack(session, past.id, force) } : null;
  });
}

/** Where something of it is still there. */
const stands = new Set(['confirmed', 'rollback-failed', 'rolling-back']);

async function withSession<T>(
  { transport }: Source,
  seconds: number,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await transport.open!(seconds);
  try {
    return await use(session);
  } finally {
    session.close();
  }
}
