import {
  isAlias,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';

/** A user as far as it is judged: where it stands, what kind of id it has, which roles. */
export interface User {
  line: number;
  id: 'number' | 'example' | 'odd';
  roles: string[];
  allAssets: boolean;
}

export interface Role {
  line: number;
  name: string;
  intents: string[];
  channels: string[];
}

type Json = Record<string, unknown>;

/** The ids of upstream's users.yaml.example: 123456789, 234567890, … and what a sketch would have. */
const exampleIds = new Set([
  ...['123456789', '234567890', '345678901', '456789012', '567890123', '678901234', '789012345', '890123456'],
  ...['987654321', '111111111', '123456', '12345'],
]);

/** The users, or in words what of the file is not understood. What is not there is empty for the gatekeeper, too (yaml.v3). */
export function usersIn(text: string): User[] | string {
  return listIn(text, (data, line) => {
    const users = data.users ?? [];
    if (!Array.isArray(users)) return 'its users are no list';
    return users.map((each, index) => readUser(each, line(['users', index])));
  });
}

/** The roles of the permission matrix. */
export function rolesIn(text: string): Role[] | string {
  return listIn(text, (data, line) => {
    const roles = data.roles ?? {};
    if (!isRecord(roles)) return 'its roles are no map';
    return Object.entries(roles).map(([name, each]) => readRole(name, each, line(['roles', name])));
  });
}

function listIn<T>(
  text: string,
  read: (data: Json, line: (path: (string | number)[]) => number) => (T | string)[] | string,
): T[] | string {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, prettyErrors: false, merge: false });
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong) return `line ${counter.linePos(wrong.pos[0]).line} is not YAML that is understood`;
  if (usesMore(document)) return 'it uses anchors or merged keys';
  const data: unknown = document.toJS() ?? {};
  if (!isRecord(data)) return 'it is no map';
  const line = (path: (string | number)[]) => counter.linePos((document.getIn(path, true) as Node).range![0]).line;
  const found = read(data, line);
  if (typeof found === 'string') return found;
  return found.find((each) => typeof each === 'string') ?? (found as T[]);
}

function usesMore(document: Document): boolean {
  let found = false;
  visit(document, (_, node) => {
    if (isPair(node) && isScalar(node.key) && node.key.value === '<<') found = true;
    if (isAlias(node)) found = true;
    if (isCollection(node) || isScalar(node)) found ||= Boolean(node.anchor ?? node.tag);
  });
  return found;
}

function readUser(of: unknown, line: number): User | string {
  const roles = isRecord(of) ? words(of.roles) : null;
  const assets = isRecord(of) ? words(of.asset_ids) : null;
  if (!isRecord(of) || !roles || !assets) return `the user on line ${line} is not understood`;
  return { line, id: idOf(of.telegram_id), roles, allAssets: assets.length === 0 || assets.includes('*') };
}

/** A quoted number is text, which the gatekeeper's typed field refuses. */
function idOf(of: unknown): User['id'] {
  if (typeof of !== 'number' || !Number.isSafeInteger(of) || of <= 0) return 'odd';
  return exampleIds.has(String(of)) ? 'example' : 'number';
}

function readRole(name: string, of: unknown, line: number): Role | string {
  const intents = isRecord(of) ? words(of.allowed_intents) : null;
  const channels = isRecord(of) ? words(of.allowed_channels) : null;
  if (!intents || !channels) return `the role on line ${line} is not understood`;
  return { line, name, intents, channels };
}

function words(of: unknown): string[] | null {
  if (of === undefined || of === null) return [];
  return Array.isArray(of) && of.every((each) => typeof each === 'string') ? of : null;
}

function isRecord(of: unknown): of is Json {
  return typeof of === 'object' && of !== null && !Array.isArray(of);
}
