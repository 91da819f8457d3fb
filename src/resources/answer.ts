import type { Observation } from '../model/observation.ts';
import type { UnknownCode } from '../model/status.ts';
import type { Answers } from './resource.ts';

/** An answer that can be parsed: the snippet ran to its end, whatever its exit code, and nothing was cut off. */
export interface Readable {
  ok: true;
  code: number;
  stdout: string;
  stderr: string;
}

/** Why an answer says nothing. */
export interface Unreadable {
  ok: false;
  code: UnknownCode;
  message: string;
}

/**
 * Tells whether the answer to `probe` may be parsed at all. Exit codes 126 and 127 (POSIX sh 2.8.2: not executable, not found) and the
 * usual "permission denied" words of tools are never read as findings.
 */
export function readable(answers: Answers, probe: string): Readable | Unreadable {
  const answer = answers[probe];
  if (!answer) return unreadable('not-collected', `${probe} is not in the evidence`);
  switch (answer.outcome) {
    case 'timed-out':
      return unreadable('timed-out', `${probe} was stopped after ${(answer.ms / 1000).toFixed(0)} s`);
    case 'truncated':
      return unreadable('too-large', `${probe} printed more than is collected`);
    case 'denied':
      return unreadable('denied', `${probe} needs root`);
    case 'no-vantage':
      return unreadable('no-vantage', `${probe} can only be asked from another machine`);
    case 'lost':
      return unreadable('lost', `the answer to ${probe} was lost`);
    case 'exited':
      return readExit(probe, answer.code, answer.stdout, answer.stderr, answer.truncated);
    default:
      // Evidence is a file: what is in it was validated, but a newer version may know more words.
      return unreadable('unparsable', `${probe} has an outcome that this version does not know`);
  }
}

/** The same "cannot tell" for each of these facts: what a resource returns when its probe said nothing. */
export function unknownFacts(
  facts: string[],
  label: (fact: string) => string,
  probe: string,
  why: { code: UnknownCode; message: string },
): Observation[] {
  return facts.map((fact) => ({
    fact,
    label: label(fact),
    probe,
    state: 'unknown',
    code: why.code,
    message: why.message,
  }));
}

function readExit(
  probe: string,
  code: number | null,
  stdout: string,
  stderr: string,
  truncated: boolean,
): Readable | Unreadable {
  if (truncated) return unreadable('too-large', `${probe} printed more than is collected`);
  if (code === null) return unreadable('lost', `${probe} ended without an exit code`);
  if (code === 127) return unreadable('tool-missing', `${probe}: ${firstLine(stderr) || 'a command was not found'}`);
  if (code === 126) return unreadable('denied', `${probe}: ${firstLine(stderr) || 'a command could not be executed'}`);
  if (code !== 0 && /permission denied|operation not permitted|must be root/i.test(stderr)) {
    return unreadable('denied', `${probe}: ${firstLine(stderr)}`);
  }
  return { ok: true, code, stdout, stderr };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function unreadable(code: UnknownCode, message: string): Unreadable {
  return { ok: false, code, message };
}
