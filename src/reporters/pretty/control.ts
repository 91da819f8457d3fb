import type { ControlResult, Finding } from '../../model/report.ts';
import { manyLines, oneLine } from '../sanitize.ts';
import { decisive, waiverWords } from '../words.ts';
import { condense } from './condense.ts';
import { marks, type Page } from './marks.ts';
import { reasonOf } from './shared.ts';
import { hanging } from './wrap.ts';

const findingsShown = 5;
const fixLinesShown = 3;
const indent = '      ';

/** One control: what it asks, what was found and where, what to do next. */
export function controlLines(control: ControlResult, page: Page): string[] {
  const { status } = control;
  if (status === 'skip') return oneLiner(control, reasonOf(control), page);
  if (status === 'pass')
    return [...oneLiner(control, oneLine(control.title), page), ...findingLines(control.findings, page)];
  const label = `  ${marks[status]} ${control.severity}  `;
  return [
    ...hanging(label, oneLine(control.title), page.width, page.paint[status]),
    ...findingLines(page.verbose ? control.findings : decisive(control), page),
    ...waiverLines(control, page),
    ...(status === 'waived' ? [] : fixLines(control, page)),
    ...item('more:', `fleet-audit explain ${oneLine(control.id)}`, page),
  ];
}

function oneLiner(control: ControlResult, text: string, page: Page): string[] {
  return hanging(
    `  ${marks[control.status]}  `,
    `${oneLine(control.id)}: ${text}`,
    page.width,
    page.paint[control.status],
  );
}

function findingLines(findings: Finding[], page: Page): string[] {
  const all = page.verbose ? findings : condense(findings);
  const shown = page.verbose ? all : all.slice(0, findingsShown);
  const left = all.length - shown.length;
  return [
    ...shown.flatMap((finding, at) => findingLine(finding, shown[at + 1], page)),
    ...(left ? item('', `and ${left} more: --verbose shows all`, page) : []),
  ];
}

/** The place has a line of its own, unless the message names it or the next finding is in the same place. */
function findingLine({ level, message, where }: Finding, next: Finding | undefined, page: Page): string[] {
  const known = where === undefined || message.includes(where) || next?.where === where;
  return [
    ...item(page.verbose ? `${level}:` : '', oneLine(message), page),
    ...(known ? [] : item('at', oneLine(where), page)),
  ];
}

function waiverLines({ status, waiver }: ControlResult, page: Page): string[] {
  if (!waiver) return [];
  const state = status === 'waived' ? `really ${waiver.status}, accepted` : waiver.state;
  return item('waiver:', `${state}: ${waiverWords(waiver)}`, page);
}

/** Half a procedure would be carried out by halves: without --verbose it is the words ahead of the first command, and `explain` has the rest. */
function fixLines({ fix }: ControlResult, page: Page): string[] {
  const lines = fix.manual === null ? [] : manyLines(fix.manual).filter((line) => line.trim());
  const command = lines.findIndex(isCommand);
  const words = lines.slice(0, command < 0 ? lines.length : command).slice(0, fixLinesShown);
  const cut = words.length < lines.length ? ' …' : '';
  return [
    ...(page.verbose ? lines.flatMap((line, at) => wholeLine(line, at, page)) : briefly(words.join(' ') + cut, page)),
    ...(fix.status ? item('fix status:', oneLine(fix.reason ? `${fix.status}: ${fix.reason}` : fix.status), page) : []),
  ];
}

function briefly(text: string, page: Page): string[] {
  return text === '' ? [] : item('fix:', text, page);
}

/** A command is copied as it stands: it is neither wrapped nor moved. */
function wholeLine(line: string, at: number, page: Page): string[] {
  if (isCommand(line)) return [`${indent}${line.replace(/^(\s*)::/, '$1\\::')}`];
  return item(at === 0 ? 'fix:' : '    ', line, page);
}

function isCommand(line: string): boolean {
  return /^\s/.test(line);
}

function item(label: string, text: string, page: Page): string[] {
  return hanging(`${indent}${label}${label && ' '}`, text, page.width);
}
