import { one, unknown, value, type Told } from '../said.ts';
import type { Account } from './account.ts';

/**
 * As pam_unix decides it: the field of passwd itself counts, unless it says that the password is in shadow. `locked` is any
 * field that no hash can equal because it begins with ! or * (shadow(5)); `empty` logs in without being asked.
 */
export function passwordOf(name: string, field: string, { shadow, shadowcode }: Account): Told {
  if (kinds.has(field)) return value(field, 'in /etc/passwd itself, not in /etc/shadow', '/etc/passwd');
  const [owner, kind] = one(shadow)?.split('|') ?? [];
  if (field !== 'shadow' || one(shadowcode) !== '0' || owner !== name || !kinds.has(kind ?? '')) {
    return unknown(`there is no entry for ${name} in /etc/shadow that could be read`);
  }
  return value(kind, kind === 'empty' ? 'anyone gets in without one' : undefined, '/etc/shadow');
}

const kinds = new Set(['locked', 'empty', 'usable']);
