import type { Session } from '../transport/index.ts';
import { listScript, rollbackScript } from './host/talk.ts';
import { wordsIn } from './words.ts';

/** A transaction that a host remembers. */
export interface Past {
  id: string;
  /** `confirmed`, `rolled-back`, `armed`, `rollback-failed`, … */
  state: string;
  risk: string;
  controls: string[];
  files: string[];
}

/** All transactions of a host, oldest first. */
export async function listTransactions(session: Session): Promise<Past[]> {
  const { stdout } = await session.run(listScript, 30);
  const lines = stdout.split('\n').filter((line) => line.startsWith('txn|'));
  return lines.map((line) => {
    const [, id, state, manifest] = line.split('|');
    return { id: id!, state: state!, ...readManifest(manifest!) };
  });
}

function readManifest(base64: string): Pick<Past, 'risk' | 'controls' | 'files'> {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Pick<Past, 'risk' | 'controls' | 'files'>;
  } catch {
    return { risk: 'unknown', controls: [], files: [] };
  }
}

/** What came of undoing one transaction. Nothing was touched where it says why not. */
export interface Undone {
  state: string;
  /** Files that somebody has changed since. */
  drift: string | null;
  /** Another transaction is at work. */
  busy: string | null;
}

/** Undoes a transaction at any later time; `force` also what was changed since, of which the host keeps a copy. */
export async function rollBack(session: Session, id: string, force: boolean): Promise<Undone> {
  const { stdout } = await session.run(rollbackScript(id, force ? 'force' : 'person'), 120);
  const { state = 'gone', drift = null, busy = null } = wordsIn(stdout);
  return { state, drift, busy };
}
