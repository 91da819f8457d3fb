import { sysctlGlobMatches, isGlob, normalizeKey } from './keys.ts';

/** One assignment and where it stands. */
export interface Assignment {
  key: string;
  /** Null for `-key`, which takes the key out of every pattern. */
  value: string | null;
  where: string;
}

/** One line as systemd-sysctl and `sysctl -p` read it. Null: neither takes it for an assignment. */
export function parseLine(line: string, where: string): Assignment | null {
  const text = line.trim();
  const at = text.indexOf('=');
  if (at < 0) return text.startsWith('-') ? { key: normalizeKey(text.slice(1).trim()), value: null, where } : null;
  const key = text.slice(0, at).replace(/^-/, '').trim();
  return { key: normalizeKey(key), value: text.slice(at + 1).trim(), where };
}

/**
 * The assignment that wins for a key, as systemd-sysctl decides it: the last of its own, wherever patterns stand; else the last
 * pattern that matches. A repeated pattern keeps its place when its value stays, and moves to the end when it changes.
 * Null: none. `unclear`: a pattern that may or may not match.
 */
export function winner(assignments: Assignment[], key: string): Assignment | null | 'unclear' {
  const explicit = assignments.findLast((each) => each.key === key);
  if (explicit) return explicit.value === null ? null : explicit;
  const patterns = new Map<string, Assignment>();
  for (const each of assignments.filter((assignment) => isGlob(assignment.key))) {
    if (patterns.get(each.key)?.value === each.value) continue;
    patterns.delete(each.key);
    patterns.set(each.key, each);
  }
  const live = [...patterns.values()].filter(({ value }) => value !== null);
  const matches = live.map((each) => sysctlGlobMatches(each.key, key));
  if (matches.includes(null)) return 'unclear';
  return live.findLast((_, index) => matches[index]) ?? null;
}
