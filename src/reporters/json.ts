import { harmlessJson } from './sanitize.ts';
import type { Reporter } from './reporter.ts';

/** The report itself. Parsing gives it back unchanged. */
export const json: Reporter = (report) => `${harmlessJson(JSON.stringify(report, null, 2))}\n`;
