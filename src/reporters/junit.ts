import junitReportBuilder from 'junit-report-builder';
import type { Builder } from 'junit-report-builder';
import { addSuite } from './junit/suite.ts';
import { uniqueNames } from './junit/names.ts';
import type { Reporter } from './reporter.ts';

/** For CI: the dialect that GitLab and the actions on GitHub have in common. */
export const junit: Reporter = (report) => {
  const builder = newBuilder().name('fleet-audit');
  const unique = uniqueNames();
  for (const host of report.hosts) addSuite(builder, report, host, unique);
  return `${builder.build()}\n`;
};

/** The package's default export is one shared builder; its typings say that it is a module with a `default`. */
function newBuilder(): Builder {
  return (junitReportBuilder as unknown as Builder).newBuilder();
}
