import type { HostResult, Report, Summary } from '../../model/report.ts';
import type { Status } from '../../model/status.ts';
import { oneLine, withoutCommands } from '../sanitize.ts';
import { worstFirst, type Page } from './marks.ts';
import { columns, hanging, padEnd, plain } from './wrap.ts';

/** How many controls of each host have each status. */
export function tableLines({ hosts, summary }: Report, page: Page): string[] {
  const cell = page.width < 60 ? 7 : 9;
  const names = hosts.map((host) => columns(nameOf(host)));
  const room = Math.min(Math.max(...names, 5), page.width - cell * worstFirst.length);
  const head = padEnd('', room) + worstFirst.map((status) => status.padStart(cell)).join('');
  const rows = hosts.flatMap((host) => row(nameOf(host), host.summary, room, cell, page));
  const total = hosts.length > 1 ? row('total', summary, room, cell, page) : [];
  return [page.bold(head), ...rows, ...total.map(page.bold)];
}

/** It starts a line, so it is made harmless before it is measured. */
const nameOf = (host: HostResult): string => withoutCommands(oneLine(host.name));

/** A name that is too long for its column gets a line of its own: names are never cut. */
function row(name: string, counts: Summary, room: number, cell: number, page: Page): string[] {
  const cells = worstFirst.map((status) => paintOf(status, counts, page)(String(counts[status]).padStart(cell)));
  if (columns(name) <= room) return [padEnd(name, room) + cells.join('')];
  return [...hanging('', name, page.width), padEnd('', room) + cells.join('')];
}

function paintOf(status: Status, counts: Summary, page: Page) {
  return counts[status] ? page.paint[status] : plain;
}
