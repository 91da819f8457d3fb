// Prints "N passed, N failed" from vitest's own summary, for whoever reads only the last line.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const text = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const line = text.split('\n').findLast((each) => /^\s*Tests\s+/.test(each)) ?? '';
const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count);
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
if (passed === 0 || failed > 0) process.exitCode = 1;
