import { attr, children, parseXml, text, type Element } from './xml.ts';
import type { TestResult } from './test-result.ts';

/**
 * dorny/test-reporter: suites directly under the root, cases grouped by class name, failure and error are both a
 * failure, shown with message, type and text. It does not read `file`: a place must be in the text.
 */
export async function readAsDorny(xml: string): Promise<TestResult[]> {
  const suites = children(children(await parseXml(xml), 'testsuites')[0], 'testsuite');
  return suites.flatMap((suite) => children(suite, 'testcase').map(toResult));
}

function toResult(each: Element): TestResult {
  const failure = children(each, 'failure')[0] ?? children(each, 'error')[0];
  const outcome = failure ? 'failed' : children(each, 'skipped').length ? 'skipped' : 'passed';
  const shown = failure ? [attr(failure, 'message'), attr(failure, 'type'), text(failure)].join('\n') : '';
  return {
    group: attr(each, 'classname')!,
    name: attr(each, 'name')!.trim(),
    outcome,
    shown,
    ...traced(text(failure)),
  };
}

/** It looks for a Java stack frame at the start of a line. Ours has none, and a host must not be able to forge one. */
function traced(details: string): { file?: string; line?: number } {
  const frame = details
    .split(/\r?\n/)
    .map((line) => /^at (.*)\((.*):(\d+)\)$/.exec(line))
    .find(Boolean);
  return frame ? { file: frame[2], line: Number(frame[3]) } : {};
}
