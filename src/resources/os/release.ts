import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { releaseProbe } from './probes.ts';

const keys = { id: 'ID', version: 'VERSION_ID', codename: 'VERSION_CODENAME' };
const label = (fact: string) => ({ id: 'operating system', version: 'its version', codename: 'its code name' })[fact]!;

/** What os-release says of the release. */
export function readRelease(answers: Answers): Observation[] {
  const answer = said(answers, releaseProbe.name, ['file', 'line']);
  if (!answer.ok) return unknownFacts(Object.keys(keys), label, releaseProbe.name, answer);
  const file = one(answer.said.file);
  const told = Object.entries(keys).map(([fact, key]) => [fact, file ? tell(key, answer.said.line, file) : nowhere]);
  return observe(releaseProbe.name, label, Object.fromEntries(told) as Record<string, Told>);
}

const nowhere = unknown('this host has no os-release file', 'tool-missing');

/** The file is sourced by shells, so the last assignment counts; a line that is none leaves everything open. */
function tell(key: string, lines: string[], file: string): Told {
  const read = lines.map(assignment);
  const odd = read.indexOf(null);
  if (odd >= 0) return unknown(`${file}:${odd + 1} is no assignment`);
  const at = read.findLastIndex((each) => each && each.key === key);
  if (at < 0) return absent(`${file} does not say ${key}`);
  return value(read[at]!.value, undefined, `${file}:${at + 1}`);
}

function assignment(line: string): { key: string; value: string } | null {
  if (/^\s*(#|$)/.test(line)) return { key: '', value: '' };
  const match = /^([A-Z_][A-Z0-9_]*)=(?:"((?:[^"\\$`]|\\.)*)"|'([^']*)'|([A-Za-z0-9._~+:/@%-]*))\s*$/.exec(line);
  if (!match) return null;
  const [, key, double, single, plain] = match;
  return { key: key!, value: double?.replace(/\\(.)/g, '$1') ?? single ?? plain! };
}
