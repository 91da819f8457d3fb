import { plural } from '../model/plural.ts';
import { liveLine } from './live-line.ts';

/** What is going on, on stderr: one live line on a terminal, one plain line per finished host elsewhere. */
export interface Progress {
  started(host: string): void;
  /** How far the look from outside is, which goes on when all questions are answered. */
  looking(host: string, words: string): void;
  done(host: string, words: string): void;
  stop(): void;
}

/** `quiet` says nothing at all. */
export function createProgress(total: number, questions: number, quiet: boolean): Progress {
  if (quiet) return { started: () => {}, looking: () => {}, done: () => {}, stop: () => {} };
  return process.stderr.isTTY ? liveProgress(total, questions) : plainLines();
}

function plainLines(): Progress {
  return {
    started: () => {},
    looking: () => {},
    done: (host, words) => console.error(`${host}: ${words}`),
    stop: () => {},
  };
}

function liveProgress(total: number, questions: number): Progress {
  const running = new Map<string, string>();
  const since = Date.now();
  let finished = 0;
  const text = () => {
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    const names =
      [...running.keys()].slice(0, 3).join(', ') + (running.size > 3 ? ` and ${running.size - 3} more` : '');
    const seen = [...running.values()].find(Boolean);
    return `${names}: asking ${plural(questions, 'question')}, ${finished} of ${plural(total, 'host')} done, ${seconds} s${seen ? `; ${seen}` : ''}`;
  };
  const stop = liveLine(text);
  return {
    started: (host) => running.set(host, ''),
    looking: (host, words) => running.set(host, words),
    done: (host) => {
      running.delete(host);
      finished += 1;
    },
    stop,
  };
}
