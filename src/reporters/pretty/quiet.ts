import type { ControlResult, HostResult, Report } from '../../model/report.ts';
import { oneLine } from '../sanitize.ts';
import { headline } from '../words.ts';
import { once } from './condense.ts';
import { sharedLines } from './host.ts';
import { marks, type Page } from './marks.ts';
import { byBadness } from './order.ts';
import { sharedReasons } from './shared.ts';
import { hanging } from './wrap.ts';

/** Only what is wrong, a line each. */
export function quietLines({ hosts }: Report, page: Page): string[] {
  return hosts.flatMap((host) => quietHost(host, page));
}

function quietHost(host: HostResult, page: Page): string[] {
  const wrong = byBadness(host.controls.filter((each) => each.status === 'fail' || each.status === 'error'));
  const shared = sharedReasons(wrong);
  const told = new Set(shared.flatMap((group) => group.controls));
  const lines = [
    ...wrong.filter((each) => !told.has(each)).flatMap((control) => quietLine(control, page)),
    ...shared.flatMap((group) => sharedLines(group, group.controls.length === host.controls.length, page)),
  ];
  return lines.length ? [...hanging('', oneLine(host.name), page.width).map(page.bold), ...lines] : [];
}

function quietLine(control: ControlResult, page: Page): string[] {
  const label = `  ${marks[control.status]} ${control.severity}  `;
  return hanging(label, `${oneLine(control.id)}: ${once(headline(control))}`, page.width, page.paint[control.status]);
}
