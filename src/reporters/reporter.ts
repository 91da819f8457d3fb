import type { Report } from '../model/report.ts';

export interface ReporterOptions {
  color: boolean;
  /** Columns of the terminal, or of the page that a file is meant for. */
  width: number;
  /** What holds as well, and every finding. */
  verbose: boolean;
  /** Only what is wrong. */
  quiet: boolean;
}

/** Renders a report. Pure: equal reports and options give equal text, which ends with a newline. */
export type Reporter = (report: Report, options: ReporterOptions) => string;

export interface ReporterEntry {
  /** One line for `--help`. */
  describe: string;
  /** Loads the reporter and what it depends on; nothing is paid for a format that is not asked for. */
  load: () => Promise<Reporter>;
}
