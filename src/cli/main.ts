// The entry: as little as possible is loaded before it is known what is wanted.
import { readFileSync } from 'node:fs';

const { argv } = process;
if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
  // Bundled to dist/cli.js, so package.json is one folder up; from source it is two.
  const here = import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json';
  const text = readFileSync(new URL(here, import.meta.url), 'utf8');
  console.log((JSON.parse(text) as { version: string }).version);
} else {
  const { main } = await import('./program.ts');
  await main(argv);
}
