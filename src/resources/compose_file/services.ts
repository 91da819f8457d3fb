import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { interpolate } from './interpolate.ts';
import { parseShort, type Port } from './short.ts';

/** One thing that a compose file says about ports. Nothing else of the file leaves this module. */
export type Said = { line: number } & (
  | { kind: 'port'; service: string; text: string; address: string }
  | { kind: 'host'; service: string }
  | { kind: 'unclear'; what: string }
);

type Values = Record<string, unknown>;

/** What a compose file asks to be published. Whatever could hide a port and is not understood is `unclear`. */
export function portsOf(text: string, env: ReadonlyMap<string, string>): Said[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const lineOf = (path: (string | number)[]) => lineAt(document, lines, path);
  const [error] = document.errors;
  if (error) return [{ kind: 'unclear', line: lines.linePos(error.pos[0]).line, what: 'it is not valid YAML' }];
  const data = toValues(document);
  if (!data || !isValues(data.services)) return [{ kind: 'unclear', line: 1, what: 'it has no services' }];
  const include = 'include' in data ? [unclear(lineOf(['include']), 'it includes other files')] : [];
  const services = Object.entries(data.services).flatMap(([name, service]) =>
    portsOfService(name, service, env, lineOf),
  );
  return [...include, ...services];
}

/** Null: aliases that lead nowhere or to too much. */
function toValues(document: Document): Values | null {
  try {
    const data: unknown = document.toJS();
    return isValues(data) ? data : null;
  } catch {
    return null;
  }
}

function portsOfService(
  name: string,
  service: unknown,
  env: ReadonlyMap<string, string>,
  lineOf: (path: (string | number)[]) => number,
): Said[] {
  const at = ['services', name];
  const safe = nameOf(name);
  if (!isValues(service)) return [unclear(lineOf(at), `service ${safe} is no map`)];
  const { ports = [], network_mode: mode, extends: parent } = service;
  const said: Said[] = [];
  if (isValues(parent) && 'file' in parent)
    said.push(unclear(lineOf([...at, 'extends']), `${safe} extends another file`));
  if (mode !== undefined) said.push(...networkOf(mode, safe, lineOf([...at, 'network_mode']), env));
  if (!Array.isArray(ports)) return [...said, unclear(lineOf([...at, 'ports']), `the ports of ${safe} are no list`)];
  return [...said, ...ports.map((port, index) => portOf(port, safe, lineOf([...at, 'ports', index]), env))];
}

function networkOf(mode: unknown, service: string, line: number, env: ReadonlyMap<string, string>): Said[] {
  const network = typeof mode === 'string' ? interpolate(mode, env) : null;
  if (network === null) return [unclear(line, `the network mode of ${service} is not understood`)];
  return network === 'host' ? [{ kind: 'host', line, service }] : [];
}

function portOf(port: unknown, service: string, line: number, env: ReadonlyMap<string, string>): Said {
  const parsed = isValues(port) ? longForm(port, env) : shortForm(port, env);
  if (!parsed) return unclear(line, `a port of ${service} is not understood`);
  return { kind: 'port', line, service, text: textOf(port, parsed), address: parsed.address };
}

function shortForm(port: unknown, env: ReadonlyMap<string, string>): Port | null {
  if (typeof port !== 'string' && typeof port !== 'number') return null;
  const text = interpolate(String(port), env);
  return text === null ? null : parseShort(text);
}

function longForm(port: Values, env: ReadonlyMap<string, string>): Port | null {
  const { host_ip: host = '', target } = port;
  if (typeof host !== 'string' || !/^(string|number)$/.test(typeof target)) return null;
  const [address, inside] = [interpolate(host, env), interpolate(String(target), env)];
  return address === null || inside === null ? null : { address, target: inside };
}

/** As it is written, where that is nothing but a port. */
function textOf(port: unknown, { target }: Port): string {
  const written = String(port);
  return !isValues(port) && /^[\w.:/${}?+[\]-]{1,80}$/.test(written) ? written : target;
}

function nameOf(name: string): string {
  return /^[\w.-]{1,60}$/.test(name) ? name : 'with an odd name';
}

function unclear(line: number, what: string): Said {
  return { kind: 'unclear', line, what };
}

/** The line of a value; where it came in by an alias or a merge, the nearest one above it. */
function lineAt(document: Document, lines: LineCounter, path: (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) && parent.items.find((item) => isScalar(item.key) && item.key.value === key);
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function isValues(data: unknown): data is Values {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
