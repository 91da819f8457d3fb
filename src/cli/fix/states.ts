import type { Transaction } from '../../model/fix-plan.ts';
import { oneLine } from '../../reporters/index.ts';
import { liveLine } from '../live-line.ts';

/** How far the transactions of a host are, on stderr: one live line each on a terminal, one plain line per state elsewhere. */
export interface States {
  show(transaction: Transaction, words: string): void;
  /** The last one is over, or a person is asked. */
  stop(): void;
}

export function createStates(host: string): States {
  return process.stderr.isTTY ? liveStates(host) : plainStates(host);
}

/** A host is asked several times a second, and mostly says the same. */
function plainStates(host: string): States {
  let last = '';
  const show = (transaction: Transaction, words: string) => {
    const line = wordsOf(host, transaction, words);
    if (words !== '' && line !== last) console.error(line);
    last = line;
  };
  return { show, stop: () => {} };
}

/** What a transaction came to is told when all is over; until then a line says how far it came. */
function liveStates(host: string): States {
  let now: { transaction: Transaction; words: string; since: number } | null = null;
  let clear = () => {};
  const line = () => {
    const { transaction, words, since } = now!;
    return `${wordsOf(host, transaction, words)}, ${Math.round((Date.now() - since) / 1000)} s`;
  };
  const stop = () => {
    clear();
    clear = () => {};
    if (now) console.error(line());
    now = null;
  };
  const show = (transaction: Transaction, words: string) => {
    if (now?.transaction === transaction) return void (now.words = words || now.words);
    stop();
    now = { transaction, words, since: Date.now() };
    clear = liveLine(line);
  };
  return { show, stop };
}

function wordsOf(host: string, { subject }: Transaction, words: string): string {
  return `${host}: ${subject}: ${oneLine(words)}`;
}
