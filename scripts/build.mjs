// Bundles the program: one entry that starts as fast as node does, and chunks that are loaded when they are needed.
// Dependencies stay outside (they are installed beside the package), so their licences and updates stay their own;
// the schema builder, a development dependency, is inlined (docs/decisions/02-bundling.md).
import { build } from 'esbuild';
import { chmod, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
const external = Object.keys(dependencies);
const common = { bundle: true, format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' };

// Beside the old one until it is whole: a build that fails leaves what was there.
const fresh = `dist.${process.pid}`;
await rm(fresh, { recursive: true, force: true });
const validators = await validatorsSource();
await build({
  ...common,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: fresh,
  splitting: true,
  plugins: [{ name: 'compiled-ahead', setup: compiledAhead }],
  banner: { js: '#!/usr/bin/env node' },
  chunkNames: 'chunks/[name]-[hash]',
});
await chmod(`${fresh}/cli.js`, 0o755);
await rm('dist', { recursive: true, force: true });
await rename(fresh, 'dist');

/** Runs scripts/build/validators.ts, which is TypeScript like the schemas that it compiles. */
async function validatorsSource() {
  const outfile = `${fresh}/validators.mjs`;
  await build({ ...common, entryPoints: ['scripts/build/validators.ts'], outfile, packages: 'external' });
  const { validatorsSource: source } = await import(`../${outfile}`);
  await rm(outfile);
  return source();
}

function compiledAhead(bundle) {
  bundle.onLoad({ filter: /src\/catalog\/compiled\.ts$/ }, ({ path }) => ({
    contents: validators,
    loader: 'js',
    resolveDir: dirname(path),
  }));
  // The generated code needs three tiny helpers of ajv; taken in, they spare loading ajv itself.
  bundle.onResolve({ filter: /^ajv\/dist\/runtime\// }, ({ path }) => ({
    path: fileURLToPath(import.meta.resolve(`${path}.js`)),
  }));
  bundle.onResolve({ filter: new RegExp(`^(${external.join('|')})(/|$)`) }, ({ path }) => ({ path, external: true }));
}
