/**
 * `npm run record`: boots each kind of lab host and records what it answers, for the cases of the controls.
 * `npm run record -- 'ufw-*'` asks only what these controls ask, and keeps the rest of the recordings as it is.
 */
import { readFile } from 'node:fs/promises';
import { boot, prepare, type Layer, type Release } from '../lab/index.ts';
import { narrow } from '../src/catalog/index.ts';
import { saveEvidence } from '../src/evidence/index.ts';
import type { Evidence } from '../src/model/evidence.ts';
import { collectFrom, loadGuide } from '../test/lab/audit.ts';

const releases: Release[] = ['debian12', 'debian13'];
const layers: Layer[] = ['bare', 'hardened'];

await prepare();
const catalog = await loadGuide();
const wanted = process.argv.slice(2);
const controls = narrow(catalog.controls, { controls: wanted, tags: [], sections: [], severity: null });
for (const release of releases) {
  for (const layer of layers) {
    const host = await boot({ release, layer });
    const evidence = await collectFrom(host, 'ubuntu', catalog, controls).finally(() => host.stop());
    if (evidence.error) throw new Error(`${layer}-${release}: ${evidence.error.message}`);
    const path = `test/hosts/${layer}-${release}.json`;
    if (wanted.length > 0) evidence.probes = { ...(await recorded(path)).probes, ...evidence.probes };
    await saveEvidence(path, anonymous(evidence, `${layer}-${release}`));
    console.log(`recorded: ${path}`);
  }
}

/** The recording is of a kind of host, not of this one. */
function anonymous(evidence: Evidence, name: string): Evidence {
  return { ...evidence, host: { name, target: `ssh://ubuntu@${name}` } };
}

async function recorded(path: string): Promise<Evidence> {
  return JSON.parse(await readFile(path, 'utf8')) as Evidence;
}
