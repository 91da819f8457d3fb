import picocolors from 'picocolors';
import type { Status } from '../../model/status.ts';
import type { ReporterOptions } from '../reporter.ts';
import type { Paint } from './wrap.ts';

/** How a status is written: never by colour alone. */
export const marks: Record<Status, string> = {
  fail: '✗ FAIL',
  error: '? ERROR',
  waived: '~ WAIVED',
  skip: '- SKIP',
  pass: '✓ PASS',
};

/** Statuses, worst first. */
export const worstFirst: readonly Status[] = ['fail', 'error', 'waived', 'skip', 'pass'];

/** What the pages of one rendering share. */
export interface Page {
  width: number;
  verbose: boolean;
  /** What the guide's sections are called. */
  sections: Record<string, string>;
  bold: Paint;
  /** The colours that read well on light and on dark: no white, no black, no yellow, nothing dimmed. */
  paint: Record<Status, Paint>;
}

export function pageOf({ color, width, verbose }: ReporterOptions, sections: Page['sections']): Page {
  const { bold, red, magenta, cyan, green } = picocolors.createColors(color);
  const paint: Page['paint'] = {
    fail: (text) => bold(red(text)),
    error: (text) => bold(magenta(text)),
    waived: cyan,
    skip: (text) => text,
    pass: green,
  };
  return { width: Math.max(40, width), verbose, sections, bold, paint };
}
