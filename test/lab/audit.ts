import { loadCatalog, type Catalog } from '../../src/catalog/index.ts';
import type { Control } from '../../src/model/control.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { HostResult } from '../../src/model/report.ts';
import { resources } from '../../src/resources/registry.ts';
import { collectAll, judgeAll, planProbes, type Source } from '../../src/runner/index.ts';
import { createTransport } from '../../src/transport/index.ts';
import { askLoginMethods, look } from '../../src/vantage/index.ts';
import type { LabHost } from '../../lab/index.ts';

/** A shipped profile, whole: the guide's own, or the one that leaves out what Debian cannot have. */
export function loadGuide(profile: 'ovh-vps3' | 'lab-debian' = 'ovh-vps3'): Promise<Catalog> {
  return loadCatalog({ profile, cwd: process.cwd(), resources, inputs: {} });
}

/** Collects from a lab host over SSH as this login, exactly as the command line would. */
export async function collectFrom(
  host: LabHost,
  login: string,
  catalog: Catalog,
  controls: Control[] = catalog.controls,
): Promise<Evidence> {
  const options = { sshConfigFile: host.sshConfig, acceptNewHostKey: false, askPassphrase: async () => null };
  const source: Source = {
    name: host.name,
    transport: createTransport(login, options),
    outside: { login: (collecting) => askLoginMethods(login, options, collecting), look: lookInLab },
  };
  const [evidence] = await collectAll({ catalog, controls, resources }, [source], {
    concurrency: 1,
    timeoutSeconds: 120,
  });
  return evidence!;
}

/** Nothing but the lab is ever a target, whatever addresses a host has been given. */
const lookInLab: typeof look = (probe, looking) => {
  const aim: typeof probe.aim = (answers) => {
    const asked = probe.aim(answers);
    const strange = asked?.addresses.find((address) => !/^(198\.1[89]\.|2001:db8:)/.test(address));
    if (strange) throw new Error(`${strange} is no address of the lab: not looked at`);
    return asked;
  };
  return look({ ...probe, aim }, looking);
};

/** Judges evidence by the whole profile (or these controls of it). */
export function judge(evidence: Evidence, catalog: Catalog, controls: Control[] = catalog.controls): HostResult {
  const audit = { catalog, controls, waivers: [], resources, failOn: 'low' as const };
  return judgeAll(audit, [evidence], new Date(), 0).hosts[0]!;
}

/** Everything a finding of this control says, for a test to look in. */
export function wordsOf(host: HostResult, id: string): string {
  const control = host.controls.find((each) => each.id === id)!;
  const findings = control.findings.filter((each) => each.level !== 'info');
  return [control.reason ?? '', ...findings.map((each) => `${each.message} ${each.where ?? ''}`)].join('\n');
}

/** Whether this control needs a look from outside, which takes its time. */
export function looksFromOutside(control: Control): boolean {
  return planProbes([control], resources).probes.some((probe) => probe.kind === 'outside');
}
