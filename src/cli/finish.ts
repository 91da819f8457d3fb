import type { Report } from '../model/report.ts';
import { exitCodes } from './exit.ts';
import type { ReportOptions } from './options.ts';
import { writeOutputs, type Output } from './outputs.ts';

/** Writes the reports, says on stderr where they are or why not, and sets the exit code. */
export async function finish(
  report: Report,
  outputs: Output[],
  options: ReportOptions,
  earlier: string[] = [],
): Promise<void> {
  const problems = [...earlier, ...(await writeOutputs(outputs, report, options))];
  for (const problem of problems) console.error(`fleet-audit: ${problem}`);
  if (problems.length) console.error('fleet-audit: older files were left as they were');
  const written = outputs.filter((each) => each.path !== null).map((each) => each.path);
  if (!problems.length && written.length && !options.quiet) console.error(`written: ${written.join(', ')}`);
  process.exitCode = problems.length ? exitCodes.unwritten : report.exitCode;
}
