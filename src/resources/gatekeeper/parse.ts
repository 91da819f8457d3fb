import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { gatekeeperProbe } from './probe.ts';
import type { Role, User } from './yaml.ts';

/** A file that was read; that is not there, proven; that is something else than a file; or that is not understood. */
export type Seen<T> =
  { is: 'list'; list: T[] } | { is: 'gone' } | { is: 'wrong'; why: string } | { is: 'odd'; why: string };

export interface Files {
  ok: true;
  users: Seen<User>;
  permissions: Seen<Role>;
}

/** What the probe found, whole or not at all. */
export function filesIn(dir: string, answers: Answers): Files | Unreadable {
  const probe = gatekeeperProbe(dir).name;
  const answer = said(answers, probe, ['file', 'gone', 'odd', 'count', 'users', 'permissions']);
  if (!answer.ok) return answer;
  const users = seen<User>('users', answer.said);
  const permissions = seen<Role>('permissions', answer.said);
  if (users && permissions) return { ok: true, users, permissions };
  return { ok: false, code: 'unparsable', message: `${probe} printed something else than expected` };
}

type Lines = Record<'file' | 'gone' | 'odd' | 'count' | 'users' | 'permissions', string[]>;

function seen<T>(name: 'users' | 'permissions', lines: Lines): Seen<T> | null {
  const of = (word: 'file' | 'gone' | 'odd' | 'count') =>
    lines[word].filter((line) => line.startsWith(`${name}|`)).map((line) => line.slice(name.length + 1));
  const [file, gone, odd, count] = [of('file'), of('gone'), of('odd'), of('count')];
  if (file.length + gone.length !== 1) return null;
  if (gone[0]) return gone[0].endsWith('No such file or directory') ? { is: 'gone' } : { is: 'odd', why: gone[0] };
  const type = file[0]!.replace(/^\d+\|/, '');
  if (!type.startsWith('regular')) return { is: 'wrong', why: `it is a ${type}` };
  if (odd.length === 1 && count.length === 0) return { is: 'odd', why: odd[0]! };
  const list = lines[name].map(parse);
  if (odd.length || count.length !== 1 || Number(count[0]) !== list.length || list.includes(null)) return null;
  return { is: 'list', list: list as T[] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
