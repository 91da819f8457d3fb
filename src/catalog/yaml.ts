import { LineCounter, parseDocument, isMap, isPair, isScalar, type Document, type Node } from 'yaml';
import type { Position } from '../model/control.ts';
import type { Problem } from './problem.ts';

/** A parsed YAML file that can say where each of its values stands. */
export interface YamlFile {
  file: string;
  data: unknown;
  problems: Problem[];
  /** Position of the value at a path; of its nearest existing ancestor if it has none. */
  locate(path: readonly (string | number)[]): Position;
  /** Position of a key of the map at a path. */
  locateKey(path: readonly (string | number)[], key: string): Position;
}

/**
 * Parses strict YAML 1.2: no duplicate keys, no custom tags, no merge keys, bounded aliases, one document.
 * Never throws: what is wrong comes back as problems with positions.
 */
export function parseYaml(file: string, text: string): YamlFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, version: '1.2', uniqueKeys: true, prettyErrors: false });
  const at = (offset: number): Position => position(file, counter, offset);
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    code: `yaml-${error.code.toLowerCase().replaceAll('_', '-')}`,
    message: error.message,
  }));
  const data = problems.length ? undefined : toData(document, file, problems);
  return {
    file,
    data,
    problems,
    locate: (path) => at(offsetOf(document, path)),
    locateKey: (path, key) => at(keyOffset(document, path, key)),
  };
}

function toData(document: Document, file: string, problems: Problem[]): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    problems.push({ file, line: 1, column: 1, code: 'yaml-aliases', message: (error as Error).message });
    return undefined;
  }
}

function position(file: string, counter: LineCounter, offset: number): Position {
  const { line, col } = counter.linePos(offset);
  return { file, line, column: col };
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: readonly (string | number)[], key: string): number {
  const map = path.length ? document.getIn(path, true) : document.contents;
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    : null;
  const node = pair?.key as Node | undefined;
  return node?.range?.[0] ?? offsetOf(document, path);
}
