import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';

/** Replaces `~` and the TOKENS of ssh_config(5) in a path. */
export function expandPath(text: string, tokens: Record<string, string>): string {
  const own = { d: homedir(), u: userInfo().username, i: String(userInfo().uid), l: hostname(), ...tokens };
  const expanded = expandTokens(text, own);
  return expanded === '~' || expanded.startsWith('~/') ? join(homedir(), expanded.slice(1)) : expanded;
}

export function expandTokens(text: string, tokens: Record<string, string>): string {
  return text.replace(/%(.)/g, (whole, name: string) => (name === '%' ? '%' : (tokens[name] ?? whole)));
}
