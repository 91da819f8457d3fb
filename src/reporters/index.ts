import type { ReporterEntry } from './reporter.ts';

/** Every format, by the name that `--reporter` takes. */
export const reporters: Record<string, ReporterEntry> = {
  pretty: {
    describe: 'for people: grouped by host and section, worst first',
    extension: 'txt',
    load: async () => (await import('./pretty.ts')).pretty,
  },
  json: {
    describe: 'for scripts: everything, as schemas/report.schema.json has it',
    extension: 'json',
    load: async () => (await import('./json.ts')).json,
  },
  junit: {
    describe: 'for CI: GitLab, GitHub actions that read JUnit',
    extension: 'xml',
    load: async () => (await import('./junit.ts')).junit,
  },
};
