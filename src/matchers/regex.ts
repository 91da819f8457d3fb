import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** Compiles a linear-time regular expression (RE2 syntax); throws its syntax error for a person to read. */
export function compileRegex(pattern: string): RE2JS {
  const known = compiled.get(pattern) ?? RE2JS.compile(pattern);
  compiled.set(pattern, known);
  return known;
}

/** True when `pattern` is found anywhere in `text`; `^` and `$` are the ends of the text. */
export function found(pattern: string, text: string): boolean {
  return compileRegex(pattern).matcher(text).find();
}
