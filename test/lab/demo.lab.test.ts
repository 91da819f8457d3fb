import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { unavailable } from './unavailable.ts';

const reports = ['before', 'plan', 'after', 'again'].flatMap((name) => [`${name}.json`, `${name}.junit.xml`]);

test.skipIf(unavailable)('npm run demo mends a bare host, leaves its reports, and draws what it did', async () => {
  const cwd = folderWith({});
  const { code, out } = await demo(cwd, '--record', 'demo.svg');
  expect(code, out).toBe(0);
  expect(out).toMatch(/^\d+ of 141 controls did not hold before, \d+ do not now: [1-9]\d* were mended\.$/m);
  expect(out).toMatch(/^From outside, before: fail: .* is 22, 3100, 6379, 9090 /m);
  expect(out).toMatch(/^From outside, now: {4}pass: .* is 22 \(/m);
  expect(reports.filter((name) => !existsSync(join(cwd, 'reports', name)))).toEqual([]);
  expect(readFileSync(join(cwd, 'demo.svg'), 'utf8')).toContain('── Change it, with a way back');
});

/** As it is typed, but for the build, which this test run has made already. */
function demo(cwd: string, ...args: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((done) => {
    const child = spawn(resolve('node_modules/.bin/tsx'), [resolve('scripts/demo.ts'), ...args], { cwd });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
    child.on('close', (code) => done({ code, out }));
  });
}
