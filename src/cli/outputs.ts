import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { suggest } from '../catalog/index.ts';
import { writeAtomically } from '../evidence/index.ts';
import type { Report } from '../model/report.ts';
import { reporters } from '../reporters/index.ts';
import { UsageError } from './exit.ts';
import type { ReportOptions } from './options.ts';

/** One report to be made: its format, and the file it goes to (null: stdout). */
export interface Output {
  reporter: string;
  path: string | null;
}

const standard: Output[] = [
  { reporter: 'pretty', path: null },
  { reporter: 'json', path: 'reports/fleet-audit.json' },
  { reporter: 'junit', path: 'reports/fleet-audit.junit.xml' },
];

/** The outputs that `--reporter` asks for. Two for one place, or an unknown format, is a mistake before any work. */
export function parseOutputs(wanted: string[] | undefined): Output[] {
  if (!wanted) return standard;
  const outputs = wanted.map(parseOutput);
  const places = outputs.map((each) => (each.path === null ? 'stdout' : resolve(each.path)));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice)
    throw new UsageError(`two reports would go to ${twice}`, 'give each a path: --reporter junit=reports/junit.xml');
  return outputs;
}

/**
 * Makes and writes every report. One that fails leaves its older file as it was and does not stop the others; what
 * went wrong comes back in words.
 */
export async function writeOutputs(outputs: Output[], report: Report, options: ReportOptions): Promise<string[]> {
  const problems: string[] = [];
  for (const output of outputs) {
    try {
      await writeOutput(output, report, options);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      problems.push(
        `the ${output.reporter} report could not be written to ${output.path ?? 'stdout'}: ${words[code ?? ''] ?? message}`,
      );
    }
  }
  return problems;
}

const words: Record<string, string> = {
  ENOSPC: 'the disk is full (ENOSPC)',
  EACCES: 'no permission (EACCES)',
  EROFS: 'the file system is read-only (EROFS)',
  EISDIR: 'it is a folder (EISDIR)',
  ENOTDIR: 'a part of the path is no folder (ENOTDIR)',
  EEXIST: 'a part of the path is no folder, or a temporary file is in the way (EEXIST)',
  EDQUOT: 'the quota is used up (EDQUOT)',
  EFBIG: 'the file would be larger than is allowed (EFBIG)',
};

function parseOutput(text: string): Output {
  const [reporter = '', ...rest] = text.split('=');
  const path = rest.length ? rest.join('=') : null;
  if (!reporters[reporter])
    throw new UsageError(`there is no reporter "${reporter}"`, suggest(reporter, Object.keys(reporters)));
  if (path === '') throw new UsageError(`--reporter ${text}: the path is empty`);
  return { reporter, path };
}

async function writeOutput({ reporter, path }: Output, report: Report, options: ReportOptions): Promise<void> {
  const render = await reporters[reporter]!.load();
  const terminal = path === null && process.stdout.isTTY;
  const text = render(report, {
    color: terminal && options.color && !process.env.NO_COLOR,
    width: terminal ? Math.max(40, process.stdout.columns) : 80,
    verbose: options.verbose ?? false,
    quiet: options.quiet ?? false,
  });
  if (path === null) return writeToStdout(text);
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, text);
}

/** A reader that went away (`| head`) is not our failure; a full disk behind stdout is. */
function writeToStdout(text: string): Promise<void> {
  return new Promise((done, fail) => {
    const settle = (error?: NodeJS.ErrnoException | null) => (error && error.code !== 'EPIPE' ? fail(error) : done());
    // Node tells the callback first and then emits the same error, which nobody may leave unheard.
    process.stdout.on('error', settle);
    process.stdout.write(text, settle);
  });
}
