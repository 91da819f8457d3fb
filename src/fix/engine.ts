import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FixStatus, Transaction } from '../model/fix-plan.ts';
import { Failure, type Session, type Transport } from '../transport/index.ts';
import { beginScript } from './host/begin.ts';
import { confirmScript, lookScript, proofScript, rollbackScript } from './host/talk.ts';
import type { Operator } from './operator.ts';
import { wordsIn, type Words } from './words.ts';

/** What became of one transaction. */
export interface Outcome {
  id: string;
  status: Extract<FixStatus, 'fixed' | 'fix-failed-rolled-back' | 'reverted-lockout' | 'refused' | 'rollback-failed'>;
  /** Why, in words; null when all went well. */
  reason: string | null;
}

export interface Engine {
  transport: Transport;
  /** The login that was there before; it stays open to the end. */
  session: Session;
  operator: Operator;
  /** Seconds until the host undoes everything by itself. */
  deadline: number;
  /** Seconds between the two proofs that one can still log in. */
  soak: number;
  /** Looks at the host again; words when what was to be mended is not, or something else broke. */
  verify: (transaction: Transaction) => Promise<string | null>;
  onState: (words: string) => void;
}

/**
 * Carries a transaction out: armed before the first write, proven by new logins, confirmed by rename on the host, and undone when anything is
 * in doubt. What it says is what the host said last.
 */
export async function carryOut(transaction: Transaction, engine: Engine): Promise<Outcome> {
  const id = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  const nonce = randomBytes(12).toString('hex');
  engine.onState('taking a snapshot and arming the way back');
  try {
    const begun = await begin(id, nonce, transaction, engine);
    if (begun) return { id, status: 'refused', reason: begun };
    const why = (await apply(id, engine)) ?? (await prove(id, nonce, transaction, engine));
    return why === null ? await confirm(id, engine) : await undo(id, why, 'fix-failed-rolled-back', engine);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return undo(id, error.message, 'reverted-lockout', engine);
  }
}

/** Why it could not even begin; null when the worker is on its way. A way that breaks here may have started it: then it goes on. */
async function begin(id: string, nonce: string, transaction: Transaction, engine: Engine): Promise<string | null> {
  const { operator, deadline } = engine;
  const { stdout, stderr } = await engine.session.run(beginScript({ id, nonce, transaction, operator, deadline }), 60);
  const words = wordsIn(stdout);
  if (words.started !== undefined) return null;
  if (words.changed !== undefined) return `${words.changed} has changed since the plan was made: plan again`;
  if (words.odd !== undefined) return `${words.odd} cannot be read on this host`;
  return words.busy ?? words.refused ?? `the host did not begin: ${stderr.trim().split('\n')[0] ?? ''}`;
}

/** Waits for the worker; why it failed, or null. */
async function apply(id: string, { session, deadline, onState }: Engine): Promise<string | null> {
  const until = performance.now() + deadline * 1000;
  let said = '';
  while (performance.now() < until) {
    const { phase = '', failed, state = '' } = wordsIn((await session.run(lookScript(id), 20)).stdout);
    if (failed !== undefined) return failed;
    if (phase === 'applied') return null;
    if (state !== 'armed') return `it is ${state || 'gone'} already`;
    if (phase !== said) onState(phase);
    said = phase;
    await sleep(300);
  }
  return `not applied within ${deadline} s`;
}

/** Two new logins, some time apart, for what may cut people off; and the host looked at again. */
async function prove(id: string, nonce: string, transaction: Transaction, engine: Engine): Promise<string | null> {
  const { session, soak, verify, onState } = engine;
  if (session.login) {
    onState('proving that a new login comes in');
    await proveLogin(id, nonce, engine);
    if (transaction.risk === 'access' || transaction.risk === 'boot') {
      onState(`waiting ${soak} s for what bites late`);
      await sleep(soak * 1000);
      await proveLogin(id, nonce, engine);
    }
  }
  onState('auditing again');
  return verify(transaction);
}

/** @throws {Failure} when nobody can log in any more */
async function proveLogin(id: string, nonce: string, { transport }: Engine): Promise<void> {
  const fresh = await openAnew(transport);
  try {
    const { proof } = wordsIn((await fresh.run(proofScript(id), 20)).stdout);
    if (proof !== nonce) throw new Failure('lost', 'a new login ends on another host', 'which one answers there?');
  } finally {
    fresh.close();
  }
}

/** An sshd that reloads closes its port for a moment: who is refused asks once more. */
async function openAnew(transport: Transport): Promise<Session> {
  try {
    return await transport.open!(20);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'refused') throw error;
    await sleep(1000);
    return transport.open!(20);
  }
}

async function confirm(id: string, engine: Engine): Promise<Outcome> {
  const { session, onState } = engine;
  onState('confirming');
  const { state } = wordsIn((await session.run(confirmScript(id), 30)).stdout);
  if (state === 'confirmed') return { id, status: 'fixed', reason: null };
  if (state === 'rolling-back') return undo(id, 'the deadline came first', 'fix-failed-rolled-back', engine);
  return { id, status: endOf(state, 'fix-failed-rolled-back'), reason: `the host had begun to undo it: ${state}` };
}

/** By the login that is still there, for as long as that is sooner than the host would, or by waiting for the host to do it. */
async function undo(id: string, why: string, status: Outcome['status'], engine: Engine): Promise<Outcome> {
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
function endOf(state: string | undefined, undone: Outcome['status']): Outcome['status'] {
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
