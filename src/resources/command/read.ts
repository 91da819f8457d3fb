import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';

/** The exit code always; the output only when the command says, by its code, that it is an answer. */
export function readCommand(codes: number[], probe: string, run: string, answers: Answers): Observation[] {
  const label = (fact: string) => `${fact === 'code' ? 'exit code' : fact} of "${run}"`;
  const answer = readable(answers, probe);
  if (!answer.ok) return unknownFacts(['code', 'stdout', 'stderr'], label, probe, answer);
  const text = (each: string): Told =>
    codes.includes(answer.code)
      ? value(each.replace(/\n$/, ''))
      : unknown(`it ended with ${answer.code}${answer.stderr && `: ${answer.stderr.trim().split('\n')[0]}`}`);
  return observe(probe, label, { code: value(answer.code), stdout: text(answer.stdout), stderr: text(answer.stderr) });
}
