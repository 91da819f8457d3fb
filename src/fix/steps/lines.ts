import type { Draft } from '../draft.ts';

/** Lines of a file as the draft has it so far, without their ends; none where there is no such file. @throws {Refusal} as `Draft.file` does */
export function linesOf(path: string, draft: Draft): string[] {
  return (draft.file(path)?.content ?? '').split('\n').filter((line, at, all) => line || at < all.length - 1);
}
