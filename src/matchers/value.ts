import type { Fact } from './types.ts';
import { parseDuration, parseMode, parseSize, showDuration, showSize } from './units.ts';

/**
 * A literal or an observed value in the form in which values of this kind are compared. Null: it is not of this kind,
 * which is never equal to anything.
 */
export function typed(fact: Fact, value: unknown): string | number | boolean | null {
  switch (fact.kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'duration':
      return parseDuration(value);
    case 'size':
      return parseSize(value);
    case 'mode':
      return parseMode(value);
    default:
      return typeof value === 'string' ? value : null;
  }
}

/** A value as a sentence shows it. */
export function show(fact: Fact, value: unknown): string {
  if (Array.isArray(value)) return value.length ? value.map((item) => showOne(fact, item)).join(', ') : 'an empty list';
  return showOne(fact, value);
}

function showOne(fact: Fact, value: unknown): string {
  const plain = typed(fact, value);
  if (fact.kind === 'duration' && typeof plain === 'number') return showDuration(plain);
  if (fact.kind === 'size' && typeof plain === 'number') return showSize(plain);
  if (fact.kind === 'mode' && typeof plain === 'number') return plain.toString(8).padStart(4, '0');
  if (value === '') return '"" (empty)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
