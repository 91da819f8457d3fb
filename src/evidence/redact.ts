import type { Answer } from '../model/evidence.ts';
import type { PlannedProbe } from '../model/plan.ts';

/**
 * The one place where answers become evidence: every probe that declares secrets has them reduced here, in memory,
 * before anything is stored, shown or judged. A `reduce` that fails, and an error text that might quote the secret,
 * leave nothing behind. `sent` are the secrets that went to the host: an answer that repeats one shows where it was.
 */
export function redact(
  probes: PlannedProbe[],
  answers: Record<string, Answer>,
  salt: string,
  sent: string[] = [],
): Record<string, Answer> {
  return Object.fromEntries(
    probes
      .filter((probe) => Object.hasOwn(answers, probe.name))
      .map((probe) => [probe.name, withoutSent(redactOne(probe, answers[probe.name]!, salt), sent)]),
  );
}

function withoutSent(answer: Answer, sent: string[]): Answer {
  const hide = (text: string) => sent.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return { ...answer, stdout: hide(answer.stdout), stderr: hide(answer.stderr) };
}

function redactOne(probe: PlannedProbe, answer: Answer, salt: string): Answer {
  if (probe.kind !== 'host' || !probe.reduce) return answer;
  if (answer.outcome !== 'exited') return { ...answer, stdout: '', stderr: '' };
  try {
    return { ...answer, stdout: probe.reduce(answer.stdout, salt), stderr: hideWords(answer) };
  } catch {
    return { ...answer, outcome: 'lost', code: null, stdout: '', stderr: '' };
  }
}

/** Of the error text of a secret probe only the shell's and the kernel's own words survive, for they tell *why*. */
function hideWords({ stderr }: Answer): string {
  const known = /permission denied|operation not permitted|not found|no such file or directory|must be root/gi;
  return [...new Set(stderr.match(known) ?? [])].join('; ');
}
