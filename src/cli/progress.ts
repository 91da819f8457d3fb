import { plural } from '../model/plural.ts';

/** What is going on, on stderr: one live line on a terminal, one plain line per finished host elsewhere. */
export interface Progress {
  started(host: string): void;
  /** How far the look from outside is, which goes on when all questions are answered. */
  looking(host: string, words: string): void;
  done(host: string, words: string): void;
  stop(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** `quiet` says nothing at all. */
export function createProgress(total: number, questions: number, quiet: boolean): Progress {
  if (quiet) return { started: () => {}, looking: () => {}, done: () => {}, stop: () => {} };
  return process.stderr.isTTY ? liveLine(total, questions) : plainLines();
}

function plainLines(): Progress {
  return {
    started: () => {},
    looking: () => {},
    done: (host, words) => console.error(`${host}: ${words}`),
    stop: () => {},
  };
}

function liveLine(total: number, questions: number): Progress {
  const running = new Map<string, string>();
  const since = Date.now();
  let finished = 0;
  let tick = 0;
  const draw = () => {
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    const names =
      [...running.keys()].slice(0, 3).join(', ') + (running.size > 3 ? ` and ${running.size - 3} more` : '');
    const seen = [...running.values()].find(Boolean);
    const line = `${frames[tick++ % frames.length]} ${names}: asking ${plural(questions, 'question')}, ${finished} of ${plural(total, 'host')} done, ${seconds} s${seen ? `; ${seen}` : ''}`;
    process.stderr.write(`\r\u001b[K${line.slice(0, process.stderr.columns - 1)}`);
  };
  const timer = setInterval(draw, 100);
  return {
    started: (host) => running.set(host, ''),
    looking: (host, words) => running.set(host, words),
    done: (host) => {
      running.delete(host);
      finished += 1;
    },
    stop: () => {
      clearInterval(timer);
      process.stderr.write('\r\u001b[K');
    },
  };
}
