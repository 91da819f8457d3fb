import { plural } from '../model/plural.ts';
import type { Report } from '../model/report.ts';
import { hostErrorLines, startLines, verdictLines, warningLines } from './pretty/ending.ts';
import { hostLines } from './pretty/host.ts';
import { pageOf, type Page } from './pretty/marks.ts';
import { quietLines } from './pretty/quiet.ts';
import { tableLines } from './pretty/table.ts';
import { hanging } from './pretty/wrap.ts';
import type { Reporter } from './reporter.ts';
import { oneLine, withoutCommands } from './sanitize.ts';

/** For people. Details first and the verdict last, where the terminal stops scrolling. */
export const pretty: Reporter = (report, options) => {
  const page = pageOf(options, report.profile.sections);
  const body = options.quiet ? quietLines(report, page) : everything(report, page);
  const lines = [...body, ...hostErrorLines(report, page), ...(options.quiet ? [] : warningLines(report, page))];
  const text = [...lines, ...(lines.length ? [''] : []), ...verdictLines(report, page), ''].join('\n');
  return withoutCommands(text.replace(/\n{3,}/g, '\n\n'));
};

function everything(report: Report, page: Page): string[] {
  return [
    ...header(report, page),
    ...report.hosts.flatMap((host) => hostLines(host, page)),
    '',
    ...tableLines(report, page),
    ...startLines(report, page),
  ];
}

function header({ tool, profile, hosts, startedAt, durationMs }: Report, page: Page): string[] {
  const time = oneLine(startedAt).slice(0, 16).replace('T', ' ');
  const seconds = (durationMs / 1000).toFixed(1);
  return [
    ...hanging(`${tool.name} `, `${oneLine(tool.version)} · ${oneLine(profile.title)}`, page.width, page.bold),
    ...hanging(
      '',
      `profile ${oneLine(profile.id)} · ${plural(hosts.length, 'host')} · ${time} UTC · ${seconds} s`,
      page.width,
    ),
  ];
}
