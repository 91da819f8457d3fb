import { CommanderError } from 'commander';
import { CatalogError, showProblem } from '../catalog/index.ts';
import { EvidenceError } from '../evidence/index.ts';
import { plural } from '../model/plural.ts';
import { exitCodes, UsageError } from './exit.ts';

/** Says on stderr what went wrong and what to do next; returns the exit code that it means. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof CatalogError) return usage(error.problems.map(showProblem).join('\n'), mistakes(error));
  if (error instanceof UsageError) return usage(`fleet-audit: ${error.message}`, error.hint);
  if (error instanceof EvidenceError) return usage(`fleet-audit: ${error.message}`);
  if (isTargetError(error)) return usage(`fleet-audit: ${error.message}`, error.suggestion);
  return internal(error);
}

/** Told by its name: the transport, and ssh2 with it, need not be loaded to report a mistake in a control. */
function isTargetError(error: unknown): error is Error & { suggestion: string } {
  return error instanceof Error && error.name === 'TargetError' && 'suggestion' in error;
}

function usage(message: string, hint?: string): number {
  console.error(hint ? `${message}\n${hint}` : message);
  return exitCodes.usage;
}

function mistakes({ problems }: CatalogError): string {
  return `fleet-audit: ${plural(problems.length, 'mistake')}; nothing was judged`;
}

function internal(error: unknown): number {
  console.error(error instanceof Error ? error.stack : error);
  console.error('fleet-audit: this is a bug in fleet-audit. Please report the lines above, with the command you ran.');
  return exitCodes.internal;
}
