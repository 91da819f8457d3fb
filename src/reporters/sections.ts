import type { ControlResult } from '../model/report.ts';
import { oneLine, withoutCommands } from './sanitize.ts';

const titles: Record<string, string> = {
  '1': 'System and user',
  '2': 'SSH',
  '3': 'UFW firewall',
  '4': 'Docker engine',
  '5': 'DOCKER-USER chain',
  '6': 'Localhost binding and exposure',
  '7': 'fail2ban',
  '8': 'Automatic updates',
  '9': 'Docker daemon',
  '10': 'Fleet',
  '11': 'OVH notes',
  '13': 'Access',
};

/** "2 SSH"; a section of another guide is taken as it is written. */
export function sectionTitle(section: string): string {
  const title = Object.hasOwn(titles, section) ? ` ${titles[section]}` : '';
  return `${withoutCommands(oneLine(section)) || 'no section'}${title}`;
}

/** Controls by section, in the order of the guide: numbers first, as numbers. */
export function bySection(controls: ControlResult[]): [section: string, controls: ControlResult[]][] {
  const sections = new Map<string, ControlResult[]>();
  for (const control of controls) sections.set(control.section, [...(sections.get(control.section) ?? []), control]);
  return [...sections].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}
