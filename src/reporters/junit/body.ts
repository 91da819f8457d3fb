import type { ControlResult, Finding } from '../../model/report.ts';
import { manyLines, oneLine } from '../sanitize.ts';
import { show } from '../show.ts';
import { decisive, waiverWords } from '../words.ts';
import { bodyText, truncated } from './text.ts';

/** Together, and with the message attribute, under 8 KB per case. What the fix leaves is for the findings. */
const findingsAndFixBytes = 4736;
const fixBytes = 2048;
const closingBytes = 380;
const metadataBytes = 2048;
const valueBytes = 800;

/**
 * The text of a failure or an error. GitLab shows nothing else, so message and place are repeated in it. Every line
 * starts with a word of ours: no host can write a line that a reader takes for a stack trace or a command.
 */
export function bodyOf(control: ControlResult): string {
  const fix = bodyText(fixLines(control), fixBytes);
  const findings = bodyText(decisive(control).flatMap(findingLines), findingsAndFixBytes - Buffer.byteLength(fix));
  return [findings, fix, bodyText(closingLines(control), closingBytes)].filter(Boolean).join('\n');
}

/** What scripts and people look for beside the message; GitLab and most actions do not read properties. */
export function metadataOf(control: ControlResult): string {
  const { id, severity, section, status, tags, references, source, waiver } = control;
  const lines = [
    `control: ${id}`,
    `severity: ${severity}`,
    `section: ${section}`,
    `status: ${status}`,
    `source: ${source.file}:${source.line}`,
    ...(tags.length ? [`tags: ${tags.join(', ')}`] : []),
    ...(waiver ? [`waiver (${waiver.state}): ${waiverWords(waiver)}`] : []),
    ...references.map((each) => `reference: ${each}`),
  ];
  return bodyText(lines.map(oneLine), metadataBytes);
}

function findingLines({ level, message, expected, actual, where, probe }: Finding): string[] {
  return [
    `${level}: ${oneLine(message)}`,
    ...(expected === undefined ? [] : [`  expected: ${truncated(show(expected), valueBytes)}`]),
    ...(actual === undefined ? [] : [`  actual: ${truncated(show(actual), valueBytes)}`]),
    ...(where === undefined ? [] : [`  where: ${oneLine(where)}`]),
    ...(probe === undefined ? [] : [`  probe: ${oneLine(probe)}`]),
  ];
}

function fixLines({ fix }: ControlResult): string[] {
  return fix.manual === null ? [] : manyLines(fix.manual).map((line) => `fix: ${line}`);
}

function closingLines({ id, severity, source }: ControlResult): string[] {
  return [
    `severity: ${severity}`,
    `source: ${oneLine(source.file)}:${source.line}`,
    `more: fleet-audit explain ${oneLine(id)}`,
  ];
}
