import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { ufwPaths, ufwProbe, type UfwFile } from './probes.ts';

/** UFW as it is written down. */
export interface UfwFiles {
  /** The lines of each file; null where there is none, or an empty one, which ufw-init takes for the same. */
  lines: Record<UfwFile, string[] | null>;
  /** Hooks that ufw-init runs, because they are executable. */
  hooks: string[];
  /** Whether any interface of the host speaks IPv6 now. */
  ipv6: 'on' | 'off' | 'unclear';
  /** Properties of ufw.service. */
  unit: Record<string, string>;
  /** That the next boot starts it. */
  pulled: boolean;
  /** Lines that make its start depend on something. */
  conditions: string[];
}

const words = ['file', 'text', 'failed', 'none', 'hook', 'ipv6', 'unit', 'pulled', 'condition'] as const;
const needed = ['Id', 'LoadState', 'UnitFileState'];

/** What the probe found, whole or not at all. */
export function ufwFilesIn(answers: Answers): { ok: true; files: UfwFiles } | Unreadable {
  const answer = said(answers, ufwProbe.name, words);
  if (!answer.ok) return answer;
  const { failed, hook, pulled, condition } = answer.said;
  if (failed.length > 0) return odd(`${failed.join(', ')}: not a file that can be read`);
  const lines = linesOf(answer.said);
  const unit = propertiesOf(answer.said.unit);
  const ipv6 = one(answer.said.ipv6);
  if (!lines || !unit || (ipv6 !== 'on' && ipv6 !== 'off' && ipv6 !== 'unclear')) {
    return odd(answer.said.unit.find((line) => !line.includes('=')) ?? 'its answer is not whole');
  }
  return { ok: true, files: { lines, hooks: hook, ipv6, unit, pulled: pulled.length > 0, conditions: condition } };
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message: `${ufwProbe.name}: ${message}` };
}

function linesOf(told: Record<'file' | 'text' | 'none', string[]>): UfwFiles['lines'] | null {
  const names = Object.keys(ufwPaths) as UfwFile[];
  if ([...told.file, ...told.none].sort().join() !== [...names].sort().join()) return null;
  const lines = Object.fromEntries(names.map((name) => [name, [] as string[]]));
  for (const text of told.text) {
    const at = text.indexOf('|');
    const name = text.slice(0, at);
    if (!told.file.includes(name)) return null;
    lines[name]!.push(text.slice(at + 1));
  }
  return Object.fromEntries(
    names.map((name) => [name, lines[name]!.length ? lines[name]! : null]),
  ) as UfwFiles['lines'];
}

function propertiesOf(lines: string[]): Record<string, string> | null {
  const pairs = lines.map((line) => /^([A-Za-z]+)=(.*)$/.exec(line)?.slice(1));
  if (pairs.some((pair) => !pair)) return null;
  const unit = Object.fromEntries(pairs as [string, string][]) as Record<string, string>;
  return needed.every((key) => key in unit) ? unit : null;
}
