import { expect, test, vi } from 'vitest';
import { refuseMistakes, type FixOptions } from './options.ts';

const given = (options: Partial<FixOptions> & { target?: string[] }, terminal = true) => {
  vi.stubGlobal('process', { ...process, stdin: { isTTY: terminal } });
  try {
    refuseMistakes({ deadline: 120, soak: 20, concurrency: 1, timeout: 1, ...options });
  } finally {
    vi.unstubAllGlobals();
  }
};

test.each<[string, Partial<FixOptions> & { target?: string[] }, boolean]>([
  ['an audit', {}, false],
  ['a fix at a terminal', { fix: true }, true],
  ['a plan in a pipeline', { fix: true, dryRun: true }, false],
  ['a fix that nobody is asked about', { fix: true, yes: true, allowRisk: ['access'] }, false],
])('%s is well', (_what, options, terminal) => expect(() => given(options, terminal)).not.toThrow());

test.each<[Partial<FixOptions> & { target?: string[] }, RegExp]>([
  [{ dryRun: true }, /belong to --fix/],
  [{ yes: true }, /belong to --fix/],
  [{ allowRisk: ['boot'] }, /belong to --fix/],
  [{ fix: true, allowRisk: ['boot'] }, /--allow-risk belongs to --yes/],
  [{ fix: true, yes: true, target: ['vps3', 'replay:x.json'] }, /replay:x\.json is recorded evidence/],
])('%j is a mistake', (options, wanted) => expect(() => given(options)).toThrow(wanted));

test('where nobody can say yes, --fix alone is a mistake', () =>
  expect(() => given({ fix: true }, false)).toThrow(/nobody is here to say yes/));
