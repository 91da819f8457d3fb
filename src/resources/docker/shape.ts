/** Strict readers of parsed JSON: each throws for what is not of the form, and `attempt` makes null of that. */
export type Json = Record<string, unknown>;

export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

export function parseRecord(line: string): Json {
  return record(JSON.parse(line));
}

export function record(of: unknown): Json {
  if (typeof of !== 'object' || of === null || Array.isArray(of)) throw new TypeError('not a record');
  return of as Json;
}

export function text(of: unknown): string {
  if (typeof of !== 'string') throw new TypeError('not a text');
  return of;
}

export function flag(of: unknown): boolean {
  if (typeof of !== 'boolean') throw new TypeError('not a boolean');
  return of;
}

export function whole(of: unknown): number {
  if (!Number.isSafeInteger(of)) throw new TypeError('not a whole number');
  return of as number;
}

/** Docker writes null for an empty list, and for an empty map. */
export function list<T>(of: unknown, each: (one: unknown) => T): T[] {
  if (of === null) return [];
  if (!Array.isArray(of)) throw new TypeError('not a list');
  return of.map(each);
}

export function map<T>(of: unknown, each: (one: unknown) => T): Record<string, T> {
  if (of === null) return {};
  return Object.fromEntries(Object.entries(record(of)).map(([name, one]) => [name, each(one)]));
}
