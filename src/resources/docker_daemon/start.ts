import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { startProbe } from './probe.ts';

/** How systemd would start dockerd, and what dockerd thinks of it together with its file. */
export interface Start {
  ok: true;
  /** Null: the words have no plain meaning, and `unclear` shows them. */
  words: string[] | null;
  unclear: string;
  validated: { code: number; words: string } | null;
}

export function parseStart(answers: Answers): Start | Unreadable {
  const answer = said(answers, startProbe.name, ['word', 'valid', 'unclear']);
  if (!answer.ok) return answer;
  const { word, valid, unclear } = answer.said;
  const why = one(unclear);
  if (why !== null && word.length + valid.length === 0) return { ok: true, words: null, unclear: why, validated: null };
  const [, code, words] = /^(\d+)\|(.*)$/s.exec(one(valid) ?? '') ?? [];
  if (word.length > 0 && unclear.length === 0 && code !== undefined) {
    return { ok: true, words: word, unclear: '', validated: { code: Number(code), words: words!.trim() } };
  }
  return { ok: false, code: 'unparsable', message: `${startProbe.name} printed something else than expected` };
}
