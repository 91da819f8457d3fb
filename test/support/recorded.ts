import { readFileSync } from 'node:fs';
import type { Answer, Evidence } from '../../src/model/evidence.ts';

/** What a recorded lab host answered, with some answers said otherwise: text that is not there is an error of the test. */
export function recordedAnswers(
  host: string,
  changes: Record<string, Record<string, string>> = {},
): Record<string, Answer> {
  const { probes } = JSON.parse(readFileSync(`test/hosts/${host}.json`, 'utf8')) as Evidence;
  for (const [name, replaced] of Object.entries(changes)) {
    for (const [old, text] of Object.entries(replaced)) {
      const answer = probes[name]!;
      if (!answer.stdout.includes(old)) throw new Error(`${name} of ${host} does not say ${old}`);
      probes[name] = { ...answer, stdout: answer.stdout.replaceAll(old, text) };
    }
  }
  return probes;
}
