/**
 * Writes everything that is derived from something else: the registry of resources, the schemas, the tables of docs.
 * `--check` writes nothing and fails when what is committed is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generated } from './generate/files.ts';

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, text } of await generated()) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const path of stale) console.log(`${check ? 'stale' : 'written'}: ${path}`);
if (check && stale.length) {
  console.error('run `npm run generate` and commit what it writes');
  process.exitCode = 1;
}
