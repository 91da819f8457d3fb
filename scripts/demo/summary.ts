import { readFileSync } from 'node:fs';
import type { ControlResult, Report } from '../../src/model/report.ts';

/** What came of it, read from the two reports and from nowhere else. */
export function summaryOf(before: string, after: string): { words: string; code: number } {
  const [was, is] = [controlsOf(before), controlsOf(after)];
  const [red, left] = [was.filter(isRed), is.filter(isRed)];
  const undone = is.filter(({ fix }) => /rolled-back|reverted|rollback-failed/.test(fix.status ?? ''));
  const lines = [
    `${red.length} of ${was.length} controls did not hold before, ${left.length} do not now: ${red.length - left.length} were mended.`,
    `From outside, before: ${portsIn(was)}`,
    `From outside, now:    ${portsIn(is)}`,
    `Left for a person, with what to do: ${left.map(({ id }) => id).join(', ')}`,
    'Reports: reports/before.json, reports/after.json, and each as .junit.xml',
  ];
  return { words: lines.join('\n'), code: left.length < red.length && undone.length === 0 ? 0 : 1 };
}

function controlsOf(path: string): ControlResult[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as Report).hosts[0]!.controls;
}

const isRed = ({ status }: ControlResult) => status === 'fail' || status === 'error';

function portsIn(controls: ControlResult[]): string {
  const { status, findings } = controls.find(({ id }) => id === 'external-tcp-ports')!;
  return [status, ...findings.map(({ message }) => message)].join(': ');
}
