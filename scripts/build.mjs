// Bundles the program: one entry that starts as fast as node does, and chunks that are loaded when they are needed.
// Dependencies stay outside (they are installed beside the package), so their licences and updates stay their own;
// the schema builder, a development dependency, is inlined (docs/decisions/02-bundling.md).
import { build } from 'esbuild';
import { chmod, readFile, rm } from 'node:fs/promises';

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  banner: { js: '#!/usr/bin/env node' },
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
});
await chmod('dist/cli.js', 0o755);
