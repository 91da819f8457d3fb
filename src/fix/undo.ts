import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, type Session } from '../transport/index.ts';
import type { Engine, Outcome } from './engine.ts';
import { lookScript, rollbackScript } from './host/talk.ts';
import { wordsIn, type Words } from './words.ts';

/** By the login that is still there, for as long as that is sooner than the host would, or by waiting for the host to do it. */
export async function undo(id: string, why: string, status: Outcome['status'], engine: Engine): Promise<Outcome> {
  engine.onState('undoing');
  const words = await ask(engine.session, rollbackScript(id, 'client'), Math.min(90, engine.deadline)).catch(
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      return awaitDeadline(id, engine);
    },
  );
  if (!words) {
    const reason = `${why}; nobody could log in to see whether the host has undone it by itself`;
    return { id, status: 'rollback-failed', reason };
  }
  return { id, status: endOf(words.state, status), reason: why };
}

/** What the host itself says in the end is what it is: the way may have broken before it had begun, or after it had confirmed. */
export function endOf(state: string | undefined, undone: Outcome['status']): Outcome['status'] {
  if (state === 'confirmed') return 'fixed';
  if (state === '' || state === 'planned') return 'refused';
  return state === 'rolled-back' ? undone : 'rollback-failed';
}

/** The host needs nobody for it; then a login works again and tells. */
async function awaitDeadline(id: string, { transport, deadline, onState }: Engine): Promise<Words | null> {
  const until = performance.now() + (deadline + 30) * 1000;
  for (let left = deadline + 30; left > 0; left = Math.ceil((until - performance.now()) / 1000)) {
    onState(`no way in: the host undoes it by itself within ${left} s`);
    await sleep(10_000);
    const fresh = await transport.open!(10).catch(() => null);
    if (!fresh) continue;
    try {
      const words = await ask(fresh, lookScript(id), 20);
      if (words.state !== 'armed' && words.state !== 'rolling-back') return words;
    } catch {
      // the way is still shaky: again
    } finally {
      fresh.close();
    }
  }
  return null;
}

async function ask(session: Session, script: string, seconds: number): Promise<Words> {
  return wordsIn((await session.run(script, seconds)).stdout);
}
