import type { ControlResult, HostResult, Report } from '../../model/report.ts';
import { oneLine } from '../sanitize.ts';
import { exitWords, totals } from '../words.ts';
import { marks, type Page } from './marks.ts';
import { byBadness } from './order.ts';
import { hanging } from './wrap.ts';

/** Hosts that gave no evidence: why, and what to do about it. */
export function hostErrorLines({ hosts }: Report, page: Page): string[] {
  const broken = hosts.filter((host) => host.error !== null);
  return titled(
    'Hosts that could not be assessed',
    broken.flatMap((host) => hostErrorLine(host, page)),
    page,
  );
}

function hostErrorLine({ name, error }: HostResult, page: Page): string[] {
  const label = `  ${marks.error}  `;
  const { code, message, hint } = error!;
  return [
    ...hanging(label, `${oneLine(name)} (${code}): ${oneLine(message)}`, page.width, page.paint.error),
    ...hanging(`${' '.repeat(label.length)}next: `, oneLine(hint), page.width),
  ];
}

export function warningLines({ warnings }: Report, page: Page): string[] {
  return titled(
    'Warnings',
    warnings.flatMap((each) => hanging('  ! ', oneLine(each), page.width)),
    page,
  );
}

const startHere = 3;

/** Where an operator with little time begins: the worst failures, each named once with all its hosts. */
export function startLines({ hosts }: Report, page: Page): string[] {
  const failing = byBadness(hosts.flatMap((host) => host.controls).filter((each) => each.status === 'fail'));
  const ids = [...new Set(failing.map((each) => each.id))];
  const lines = ids.slice(0, startHere).flatMap((id) =>
    startLine(
      failing.find((each) => each.id === id)!,
      hosts,
      page,
    ),
  );
  return titled('Start here', ids.length > startHere ? lines : [], page);
}

function startLine({ id, severity }: ControlResult, hosts: HostResult[], page: Page): string[] {
  const where = hosts.filter((host) => host.controls.some((each) => each.id === id && each.status === 'fail'));
  const text = `${oneLine(id)} on ${where.map((host) => oneLine(host.name)).join(', ')}`;
  return hanging(`  ${marks.fail} ${severity}  `, text, page.width, page.paint.fail);
}

/** The last lines, which are the ones that are read: how it stands, and the exit code in words. */
export function verdictLines(report: Report, page: Page): string[] {
  const status = ({ 0: 'pass', 3: 'error' } as const)[report.exitCode] ?? 'fail';
  const label = `${marks[status]}  `;
  return [
    ...hanging(label, totals(report), page.width, page.paint[status]),
    ...hanging(' '.repeat(label.length), `exit code ${report.exitCode}: ${exitWords(report)}`, page.width),
  ];
}

function titled(title: string, lines: string[], page: Page): string[] {
  return lines.length ? ['', page.bold(title), ...lines] : [];
}
