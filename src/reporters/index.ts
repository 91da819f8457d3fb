import type { ReporterEntry } from './reporter.ts';

export { manyLines, oneLine, withoutCommands } from './sanitize.ts';

/** Every format, by the name that `--reporter` takes. */
export const reporters: Record<string, ReporterEntry> = {
  pretty: {
    describe: 'for people: grouped by host and section, worst first',
    load: async () => (await import('./pretty.ts')).pretty,
  },
  json: {
    describe: 'for scripts: everything, as schemas/report.schema.json has it',
    load: async () => (await import('./json.ts')).json,
  },
  junit: {
    describe: 'for CI: GitLab, GitHub actions that read JUnit',
    load: async () => (await import('./junit.ts')).junit,
  },
};
