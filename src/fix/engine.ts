import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FixStatus, Transaction } from '../model/fix-plan.ts';
import { Failure, type Session, type Transport } from '../transport/index.ts';
import { beginScript } from './host/begin.ts';
import { confirmScript, lookScript } from './host/talk.ts';
import type { Operator } from './operator.ts';
import { proveLogin } from './prove-login.ts';
import { endOf, undo } from './undo.ts';
import { wordsIn } from './words.ts';

/** What became of one transaction. */
export interface Outcome {
  id: string;
  status: Extract<FixStatus, 'fixed' | 'fix-failed-rolled-back' | 'reverted-lockout' | 'refused' | 'rollback-failed'>;
  /** Why, in words; null when all went well. */
  reason: string | null;
}

/** What a transaction is carried out with. */
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
  const { transport, session, soak, verify, onState } = engine;
  if (session.login) {
    onState('proving that a new login comes in');
    await proveLogin(id, nonce, transport);
    if (transaction.risk === 'access' || transaction.risk === 'boot') {
      onState(`waiting ${soak} s for what bites late`);
      await sleep(soak * 1000);
      await proveLogin(id, nonce, transport);
    }
  }
  onState('auditing again');
  return verify(transaction);
}

async function confirm(id: string, engine: Engine): Promise<Outcome> {
  const { session, onState } = engine;
  onState('confirming');
  const { state } = wordsIn((await session.run(confirmScript(id), 30)).stdout);
  if (state === 'confirmed') return { id, status: 'fixed', reason: null };
  if (state === 'rolling-back') return undo(id, 'the deadline came first', 'fix-failed-rolled-back', engine);
  return { id, status: endOf(state, 'fix-failed-rolled-back'), reason: `the host had begun to undo it: ${state}` };
}
