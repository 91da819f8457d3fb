import { compileRegex } from '../../matchers/index.ts';

/**
 * A key as a path below /proc/sys, the way systemd and procps both read it: after a first dot, dots and slashes change
 * places; after a first slash everything stays (sysctl.d(5), CONFIGURATION FORMAT).
 */
export function normalizeKey(key: string): string {
  const dotted = /[./]/.exec(key)?.[0] === '.';
  const path = dotted ? key.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.')) : key;
  return path.replace(/\/+/g, '/').replace(/^\/|\/$/g, '');
}

/** The same path as sysctl prints it. */
export function showKey(path: string): string {
  return path.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
}

/** Signs that make a key a pattern, as systemd decides it. */
export function isGlob(key: string): boolean {
  return /[*?[]/.test(key);
}

/**
 * glob(3) with GLOB_BRACE on a path: no sign matches a slash. In linear time, for the pattern is the host's. Null: a pattern
 * that this does not understand.
 */
export function sysctlGlobMatches(pattern: string, key: string): boolean | null {
  const source = pattern.replace(/\[([!^]?)([^\][\\/]+)\]|[*?{},]|[^*?{},[]|\[/g, (part, not: string, set: string) => {
    if (set !== undefined) return `[${not && '^'}${set.replace(/\^/g, '\\^')}]`;
    return signs[part] ?? part.replace(/[\\^$.|+()[\]]/g, '\\$&');
  });
  try {
    return compileRegex(`^${source}$`).matcher(key).find();
  } catch {
    return null;
  }
}

/** A comma outside of braces is an ordinary sign, and is read here as "either": at worst too much matches. */
const signs: Record<string, string> = { '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')', ',': '|' };
