import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import type { Container } from './container.ts';
import { parseLogins, parseSession, type Login, type Session } from './session.ts';
import type { Categories } from './commands.ts';

/** Who tries what: a Redis user, its asset, and another asset whose inbox it should not reach. */
export interface Pair {
  user: string;
  own: string;
  other: string;
}

/** One line of the ACL file. */
export interface Rule {
  line: number;
  text: string;
}

/** All that the probe saw. */
export interface Seen {
  docker: string;
  servers: { name: string; inside: boolean }[];
  port: boolean;
  containers: Container[];
  /** Who runs Redis, as the host sees it: uid and name. */
  uid: { id: string; name: string } | null;
  /** Whether the admin's password is known, and whether it was tried. */
  admin: { state: string; tried: boolean } | null;
  pairs: Pair[];
  session: Session | null;
  logins: Login[] | null;
  categories: Categories;
  aclFile: { how: string; inside: string; host: string } | null;
  file: string[];
  view: string | null;
  rules: Rule[];
}

const words = [
  ...[
    'process',
    'port',
    'docker',
    'container',
    'uid',
    'admin',
    'pair',
    'r',
    's',
    'login',
    'path',
    'file',
    'view',
    'rule',
  ],
] as const;

/** Reads what `reduce` left. */
export function look(answers: Answers, probe: string): Seen | Unreadable {
  const answer = said(answers, probe, words);
  if (!answer.ok) return answer;
  const { said: lines } = answer;
  const docker = one(lines.docker);
  const containers = lines.container.map(parseContainer);
  if (docker === null || containers.includes(null)) return odd(probe);
  const admin = one(lines.admin)?.split('|');
  const uid = one(lines.uid)?.split('|');
  const path = one(lines.path)?.split('|');
  const pairs = lines.pair.map(parsePair);
  const tried = admin?.[1] === 'tried';
  const more = parseLogins(lines.s, lines.login.map(parsePair));
  return {
    ...{ docker, pairs, port: lines.port.length > 0, containers: containers as Container[], file: lines.file },
    servers: lines.process.map((line) => ({ name: line.split('|')[0]!, inside: line.endsWith('|in') })),
    uid: uid ? { id: uid[0]!, name: uid[1] ?? '' } : null,
    admin: admin ? { state: admin[0]!, tried } : null,
    session: admin ? parseSession(lines.r, tried) : null,
    logins: more?.logins ?? (lines.login.length === 0 ? [] : null),
    categories: more?.categories ?? new Map<string, string[]>(),
    aclFile: path?.length === 3 ? { how: path[0]!, inside: path[1]!, host: path[2]! } : null,
    view: one(lines.view),
    rules: lines.rule.map(parseRule),
  };
}

function parseContainer(line: string): Container | null {
  try {
    return JSON.parse(line) as Container;
  } catch {
    return null;
  }
}

function parsePair(line: string): Pair {
  const [user = '', own = '', other = ''] = line.split(' ');
  return { user, own, other };
}

function parseRule(text: string): Rule {
  const at = text.indexOf('|');
  return { line: Number(text.slice(0, at)), text: text.slice(at + 1) };
}

function odd(probe: string): Unreadable {
  return { ok: false, code: 'unparsable', message: `${probe} printed something else than expected` };
}
