import type { Access } from './fix-plan.ts';

/** What differs in mode and owner, in words: `mode 0644 → 0600`. */
export function accessWords(before: Access, after: Access): string[] {
  const changed = (['mode', 'owner'] as const).filter((key) => before[key] !== after[key]);
  return changed.map((key) => `${key} ${before[key]} → ${after[key]}`);
}
