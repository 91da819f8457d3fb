import { plural } from '../../model/plural.ts';
import type { ControlResult, HostResult } from '../../model/report.ts';
import { oneLine } from '../sanitize.ts';
import { bySection } from '../sections.ts';
import { exposureLines } from './exposure.ts';
import { marks, type Page } from './marks.ts';
import { sectionLines } from './section.ts';
import { sharedReasons, type Shared } from './shared.ts';
import { hanging } from './wrap.ts';

/** One host, section by section; then what many of its controls have in common. */
export function hostLines(host: HostResult, page: Page): string[] {
  const shared = sharedReasons(host.controls);
  const told = new Set(page.verbose ? [] : shared.flatMap((group) => group.controls));
  return [
    '',
    ...hanging('━━ ', hostTitle(host), page.width).map(page.bold),
    '',
    ...(told.size === host.controls.length ? [] : sectionsOf(host, told, page)),
    '',
    ...shared.flatMap((group) => sharedLines(group, group.controls.length === host.controls.length, page)),
    ...(host.controls.length
      ? []
      : hanging(`  ${marks.error}  `, 'no control was judged', page.width, page.paint.error)),
    ...exposureLines(host, page),
  ];
}

/** "57 controls could not be told: sudo refused …", and which, unless it is `all` that there are. */
export function sharedLines({ status, reason, controls }: Shared, all: boolean, page: Page): string[] {
  const verb = { error: 'could not be told', skip: 'skipped', waived: 'waived' }[status];
  const label = `  ${marks[status]}  `;
  return [
    ...hanging(label, `${plural(controls.length, 'control')} ${verb}: ${reason}`, page.width, page.paint[status]),
    ...(all ? [] : hanging(' '.repeat(label.length), namesOf(controls, page), page.width)),
  ];
}

function sectionsOf(host: HostResult, told: Set<ControlResult>, page: Page): string[] {
  return bySection(host.controls).flatMap(([section, controls]) => sectionLines(section, controls, told, page));
}

function hostTitle({ name, target, platform }: HostResult): string {
  const system = platform ? `${platform.os} ${platform.version}` : 'system unknown';
  return [name, target, system].map(oneLine).join(' · ');
}

const namesShown = 4;

function namesOf(controls: ControlResult[], page: Page): string {
  const names = controls.map((each) => oneLine(each.id));
  const shown = page.verbose || names.length <= namesShown + 1 ? names : names.slice(0, namesShown);
  const left = names.length - shown.length;
  return shown.join(', ') + (left ? ` and ${left} more` : '');
}
