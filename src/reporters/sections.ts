import type { ControlResult } from '../model/report.ts';
import { oneLine, withoutCommands } from './sanitize.ts';

/** "2 SSH": the section's number in the guide, and its title where the profile gives one. */
export function sectionTitle(section: string, titles: Record<string, string>): string {
  const title = Object.hasOwn(titles, section) ? ` ${titles[section]}` : '';
  return withoutCommands(oneLine(section + title)) || 'no section';
}

/** Controls by section, in the order of the guide: numbers first, as numbers. */
export function bySection(controls: ControlResult[]): [section: string, controls: ControlResult[]][] {
  const sections = new Map<string, ControlResult[]>();
  for (const control of controls) sections.set(control.section, [...(sections.get(control.section) ?? []), control]);
  return [...sections].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}
