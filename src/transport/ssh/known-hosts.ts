import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A line of a known_hosts file that names a host (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownKey {
  /** file:line */
  where: string;
  marker: 'cert-authority' | 'revoked' | null;
  type: string;
  key: Buffer;
}

/** All stored keys for a name, from these files in their order. Malformed lines are ignored, as OpenSSH does. */
export function findKeys(name: string, files: readonly string[]): KnownKey[] {
  return files.flatMap((file) =>
    readLines(file).flatMap((line, index) => readLine(line, name, `${file}:${index + 1}`)),
  );
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function readLine(line: string, name: string, where: string): KnownKey[] {
  const words = /^\s*(?:@(\S+)\s+)?([^\s#@]\S*)\s+(\S+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(line);
  if (!words) return [];
  const [, marker = null, names = '', type = '', base64 = ''] = words;
  if (marker !== null && marker !== 'cert-authority' && marker !== 'revoked') return [];
  const key = Buffer.from(base64, 'base64');
  if (typeOf(key) !== type || !covers(names, name)) return [];
  return [{ where, marker, type, key }];
}

/** A public key blob starts with its type as an SSH string (RFC 4253, section 6.6); empty when it does not. */
export function typeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return length > 0 && key.length > 4 + length ? key.toString('latin1', 4, 4 + length) : '';
}

/** A name is one hashed name or a list of patterns, of which none with `!` may match. */
function covers(names: string, name: string): boolean {
  if (names.startsWith('|')) return isHashOf(names, name);
  const patterns = names.toLowerCase().split(',');
  if (patterns.some((each) => each.startsWith('!') && matches(each.slice(1), name))) return false;
  return patterns.some((each) => matches(each, name));
}

function isHashOf(hashed: string, name: string): boolean {
  const [, salt, mac] = /^\|1\|([^|]+)\|([^|]+)$/.exec(hashed) ?? [];
  if (!salt || !mac) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === mac;
}

/** `*` and `?`, walked without backtracking more than one star: a hostile file cannot make it slow. */
function matches(pattern: string, text: string): boolean {
  let [at, in_, star, mark] = [0, 0, -1, 0];
  while (in_ < text.length) {
    if (pattern[at] === '*') [star, mark] = [at++, in_];
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[in_])) [at, in_] = [at + 1, in_ + 1];
    else if (star >= 0) [at, in_] = [star + 1, ++mark];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
