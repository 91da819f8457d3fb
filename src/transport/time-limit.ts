import { Failure } from './failure.ts';
import type { CollectOptions } from './transport.ts';

/** One limit for all that is done for a host, however many attempts it takes. */
export interface TimeLimit {
  /** Seconds that are left. */
  seconds(): number;
  /** Calls back once when the time is up or the user interrupts; returns how to call that off. */
  onEnd(end: (failure: Failure) => void): () => void;
  /** The time is up or the user interrupted: no point in another attempt. */
  ended(): boolean;
  stop(): void;
}

export function limitTime(where: string, { timeoutSeconds, signal }: CollectOptions): TimeLimit {
  const until = performance.now() + timeoutSeconds * 1000;
  const up = new AbortController();
  const late = new Failure(
    'timeout',
    `${where} did not finish within ${timeoutSeconds} s`,
    'is the host overloaded or a command hanging there? A longer --timeout may help',
  );
  const interrupted = new Failure('lost', `interrupted while asking ${where}`, 'run it again');
  const timer = setTimeout(() => up.abort(late), timeoutSeconds * 1000);
  const interrupt = () => up.abort(interrupted);
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted) interrupt();
  return {
    seconds: () => Math.max(0, (until - performance.now()) / 1000),
    onEnd: (end) => onAbort(up.signal, end),
    ended: () => up.signal.aborted,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
    },
  };
}

/** Never calls back before it has returned: whoever listens ends itself by what is returned. */
function onAbort(signal: AbortSignal, end: (failure: Failure) => void): () => void {
  let listening = true;
  const listener = () => {
    if (listening) end(signal.reason as Failure);
  };
  if (signal.aborted) queueMicrotask(listener);
  else signal.addEventListener('abort', listener, { once: true });
  return () => {
    listening = false;
    signal.removeEventListener('abort', listener);
  };
}
