import type { ControlResult } from '../../model/report.ts';
import { sectionTitle } from '../sections.ts';
import { controlLines } from './control.ts';
import { worstFirst, type Page } from './marks.ts';
import { byBadness } from './order.ts';
import { hanging, padEnd } from './wrap.ts';

const titleColumns = (page: Page): number => (page.width < 60 ? 20 : 36);

/** One section of the guide: its counts, then every control that is not good and not told about already. */
export function sectionLines(
  section: string,
  controls: ControlResult[],
  told: Set<ControlResult>,
  page: Page,
): string[] {
  const ordered = byBadness(controls);
  const worst = ordered[0]!.status;
  const heading = hanging(
    `${padEnd(sectionTitle(section, page.sections), titleColumns(page))}  `,
    countsOf(controls),
    page.width,
    (text) => page.bold(page.paint[worst](text)),
  );
  const shown = ordered.filter((each) => !told.has(each) && (page.verbose || each.status !== 'pass'));
  return [...heading, ...shown.flatMap((control) => controlLines(control, page)), ...(shown.length ? [''] : [])];
}

function countsOf(controls: ControlResult[]): string {
  const count = (status: string) => controls.filter((each) => each.status === status).length;
  return worstFirst
    .filter(count)
    .map((status) => `${count(status)} ${status}`)
    .join(', ');
}
