import { readFile } from 'node:fs/promises';
import { knock, type Knocked } from './knock.ts';
import { NoAnswer } from './no-answer.ts';
import { allPorts, type Watch } from './scan.ts';

/** Two SYNs: the kernel repeats the first after a second. */
const patience = 2300;
const atOnce = 6000;

/** What this machine runs out of when it knocks too often: to be tried again, with fewer at once. */
const short = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'EAGAIN', 'ENOMEM']);

/**
 * Knocks at every TCP port, as many at once as this machine bears; cut short when the signal says so.
 * @throws {NoAnswer} when this machine itself is in the way
 */
export async function knockAtAll(
  address: string,
  { signal, live, onPercent }: Watch,
): Promise<ReadonlyMap<number, Knocked>> {
  const met = new Map<number, Knocked>();
  const waiting = shuffled(allPorts);
  let room = await roomHere();
  let running = 0;
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      if (signal.aborted) return resolve();
      if (met.size === allPorts) return resolve();
      // oxlint-disable-next-line no-unmodified-loop-condition -- one() changes both
      while (running < room && waiting.length > 0) void one(waiting.pop()!);
    };
    const one = async (port: number) => {
      running += 1;
      const state = await knock(address, port, patience, live);
      running -= 1;
      if (short.has(state)) {
        waiting.push(port);
        room = Math.floor(Math.min(room, running) * 0.9);
        if (room < 50) return reject(new NoAnswer('lost', `this machine cannot open enough connections (${state})`));
      } else if (state.startsWith('E')) {
        return reject(new NoAnswer('lost', `this machine cannot connect to ${address} (${state})`));
      } else met.set(port, state);
      if (met.size % 1000 === 0) onPercent((met.size / allPorts) * 100, null);
      next();
    };
    next();
  });
  return met;
}

/** Half of the files that this process may open: there are others who need some. */
async function roomHere(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, files] = /^Max open files +(\d+|unlimited)/m.exec(limits) ?? [];
  return Math.min(atOnce, files === 'unlimited' ? atOnce : Math.floor(Number(files ?? 2000) / 2));
}

/** All ports in no order that a firewall could take for a sweep from the bottom. */
function shuffled(count: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}
