import { createHash } from 'node:crypto';
import { attr, children, elements, parseXml, text, type Element } from './xml.ts';
import type { TestResult } from './test-result.ts';

/**
 * GitLab, in our own words: Rails turns the XML into a hash, so `type="yaml"` or "symbol" anywhere refuses the whole
 * report and other known types convert the text; only the text of failure, error and skipped is shown, attributes are
 * not; a second case with the same suite, class and name is dropped.
 */
export async function readAsGitLab(xml: string): Promise<TestResult[]> {
  const root = await parseXml(xml);
  for (const [, element] of elements(root)) refuseTypes(element);
  const seen = new Map<string, TestResult>();
  for (const suite of children(children(root, 'testsuites')[0], 'testsuite')) {
    for (const each of children(suite, 'testcase')) {
      const key = keyOf(suite, each);
      if (!seen.has(key)) seen.set(key, toResult(each));
    }
  }
  return [...seen.values()];
}

function refuseTypes(element: Element): void {
  const type = attr(element, 'type');
  if (type === 'yaml' || type === 'symbol') throw new Error(`DisallowedType: ${type}`);
  if (type && converted.has(type)) throw new Error(`the text would be read as ${type}`);
}

const converted = new Set([
  'date',
  'datetime',
  'dateTime',
  'duration',
  'integer',
  'float',
  'decimal',
  'double',
  'boolean',
  'string',
  'base64Binary',
  'hexBinary',
  'file',
  'array',
  'hash',
]);

function keyOf(suite: Element, each: Element): string {
  return createHash('sha256')
    .update(`${attr(suite, 'name')}_${attr(each, 'classname')}_${attr(each, 'name')}`)
    .digest('hex');
}

/** The order in which it asks decides when a case has two of them. */
function toResult(each: Element): TestResult {
  const [name, outcome] = (
    [
      ['failure', 'failed'],
      ['error', 'error'],
      ['skipped', 'skipped'],
    ] as const
  ).find(([child]) => children(each, child).length) ?? ['', 'passed'];
  const output = outcome === 'passed' ? '' : text(children(each, name)[0]);
  return {
    group: attr(each, 'classname')!,
    name: attr(each, 'name')!,
    outcome,
    shown: output,
    file: attr(each, 'file'),
  };
}
