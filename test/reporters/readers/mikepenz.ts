import { attr, children, parseXml, text, type Element } from './xml.ts';
import type { TestResult } from './test-result.ts';

/**
 * mikepenz/action-junit-report: file and line from the case (then the failure, then the suite), the message attribute
 * as the annotation, the text as its details. Checking for retries, cases of one name, class and file are one: a
 * success hides a failure.
 */
export async function readAsMikepenz(xml: string): Promise<TestResult[]> {
  const suites = children(children(await parseXml(xml), 'testsuites')[0], 'testsuite');
  return suites.flatMap((suite) => withoutRetries(children(suite, 'testcase')).map((each) => toResult(each, suite)));
}

function withoutRetries(cases: Element[]): Element[] {
  const kept = new Map<string, Element>();
  for (const each of cases) {
    const key = ['name', 'classname', 'file'].map((name) => attr(each, name)).join('|');
    const before = kept.get(key);
    if (!before || (!failed(each) && failed(before))) kept.set(key, each);
  }
  return [...kept.values()];
}

const failed = (each: Element): boolean => children(each, 'failure').length + children(each, 'error').length > 0;

function toResult(each: Element, suite: Element): TestResult {
  const failure = children(each, 'failure')[0] ?? children(each, 'error')[0];
  const skipped = children(each, 'skipped').length > 0;
  const from = (name: string) => attr(each, name) ?? attr(failure, name) ?? attr(suite, name);
  return {
    group: attr(each, 'classname')!,
    name: attr(each, 'name')!,
    outcome: skipped ? 'skipped' : failure ? 'failed' : 'passed',
    shown: failure ? [attr(failure, 'message'), text(failure)].join('\n').trim() : '',
    file: from('file'),
    line: Number.parseInt(from('line') ?? '', 10),
  };
}
