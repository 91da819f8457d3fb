import { attr, children, parseXml, text, type Element } from './xml.ts';
import type { TestResult } from './test-result.ts';

/**
 * EnricoMi/publish-unit-test-result-action: file, line and class of the case, message and text of the worst result,
 * error before failure before skipped. It takes its totals from the attributes of the suites.
 */
export async function readAsEnricoMi(xml: string): Promise<{ cases: TestResult[]; totals: Record<string, number> }> {
  const suites = children(children(await parseXml(xml), 'testsuites')[0], 'testsuite');
  const sum = (name: string) => suites.reduce((total, suite) => total + Number(attr(suite, name)), 0);
  return {
    cases: suites.flatMap((suite) => children(suite, 'testcase').map(toResult)),
    totals: { tests: sum('tests'), failed: sum('failures'), error: sum('errors'), skipped: sum('skipped') },
  };
}

function toResult(each: Element): TestResult {
  const [child, outcome] = (
    [
      ['error', 'error'],
      ['failure', 'failed'],
      ['skipped', 'skipped'],
    ] as const
  ).find(([name]) => children(each, name).length) ?? ['', 'passed'];
  const result = child ? children(each, child)[0] : undefined;
  return {
    group: attr(each, 'classname')!,
    name: attr(each, 'name')!,
    outcome,
    shown: [attr(result, 'message') ?? '', text(result)].join('\n').trim(),
    file: attr(each, 'file'),
    line: Number.parseInt(attr(each, 'line') ?? '', 10),
  };
}
