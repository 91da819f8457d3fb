import { fodder } from './shell.ts';
import { quote } from '../../model/quote.ts';

/**
 * Shell lines to stand before the script on stdin, never in an argument: each secret as `FA_SECRET_<NAME>`, a variable
 * that is not exported, so it is in no process's environment unless a probe hands it to one.
 */
export function secretLines(secrets: Readonly<Record<string, string>>): string {
  const lines = Object.entries(secrets).map(([name, value]) => `FA_SECRET_${name.toUpperCase()}=${quote(value)}\n`);
  return lines.length > 0 ? fodder + lines.join('') : '';
}
