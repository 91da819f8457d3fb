/** `npm run record`: boots each kind of lab host and records what it answers, for the cases of the controls. */
import { boot, prepare, type Layer, type Release } from '../lab/index.ts';
import { saveEvidence } from '../src/evidence/index.ts';
import type { Evidence } from '../src/model/evidence.ts';
import { collectFrom, loadGuide } from '../test/lab/audit.ts';

const releases: Release[] = ['debian12', 'debian13'];
const layers: Layer[] = ['bare', 'hardened'];

await prepare();
const catalog = await loadGuide();
for (const release of releases) {
  for (const layer of layers) {
    const host = await boot({ release, layer });
    const evidence = await collectFrom(host, 'ubuntu', catalog).finally(() => host.stop());
    if (evidence.error) throw new Error(`${layer}-${release}: ${evidence.error.message}`);
    await saveEvidence(`test/hosts/${layer}-${release}.json`, anonymous(evidence, `${layer}-${release}`));
    console.log(`recorded: test/hosts/${layer}-${release}.json`);
  }
}

/** The recording is of a kind of host, not of this one. */
function anonymous(evidence: Evidence, name: string): Evidence {
  return { ...evidence, host: { name, target: `ssh://ubuntu@${name}` } };
}
