import type { Exposure, HostResult } from '../../model/report.ts';
import { oneLine } from '../sanitize.ts';
import type { Page } from './marks.ts';
import { columns, hanging, padEnd } from './wrap.ts';

/** Every port that could be reached, where it is stopped, and what was seen from outside. */
export function exposureLines({ exposure }: HostResult, page: Page): string[] {
  if (exposure.length === 0) return [];
  const rows = exposure.map((row) => [portOf(row), boundOf(row), whatOf(row)]);
  const widths = [0, 1].map((at) => Math.max(...rows.map((cells) => columns(cells[at]!))));
  const lines = rows.flatMap((cells, at) => rowLines(cells, widths, exposure[at]!, page));
  return ['', page.bold('Ports, and who can reach them'), ...lines, ''];
}

function rowLines([port, bound, what]: string[], [first, second]: number[], row: Exposure, page: Page): string[] {
  const label = `  ${padEnd(port!, first!)}  ${padEnd(bound!, second!)}  `;
  return hanging(label, `${what}: ${verdictOf(row)}`, page.width, paintOf(row, page));
}

function portOf({ port, proto, family }: Exposure): string {
  return `${port}/${proto}${family === 'ipv6' ? ' v6' : ''}`;
}

function boundOf({ bound }: Exposure): string {
  return bound === null ? '-' : oneLine(bound);
}

function whatOf({ container, listener }: Exposure): string {
  if (container === null) return listener === null ? 'nothing that the host shows' : oneLine(listener);
  return oneLine(listener === null ? container : `${container} (${listener})`);
}

function verdictOf({ reachable, stoppedBy, outside, agrees }: Exposure): string {
  const inside =
    reachable === null
      ? 'could not be told'
      : reachable
        ? 'reachable'
        : `stopped by ${oneLine(stoppedBy ?? 'the host')}`;
  const seen = outside === null ? '' : `, ${outside} from outside`;
  return `${inside}${seen}${agrees === false ? ', which do not agree' : ''}`;
}

function paintOf({ reachable, agrees }: Exposure, page: Page) {
  if (agrees === false) return page.paint.fail;
  return reachable === null ? page.paint.error : page.paint.skip;
}
