import { digestOfProbe } from '../evidence/index.ts';
import { probesOf } from '../judge/index.ts';
import type { Control } from '../model/control.ts';
import type { Plan, PlannedProbe } from '../model/plan.ts';
import type { HostProbe } from '../model/probe.ts';
import type { Resource } from '../resources/resource.ts';

/** Asked of every host, whatever the controls: the report's head says what it is. */
export const platformProbe: HostProbe = { kind: 'host', name: 'host.platform', run: 'cat /etc/os-release' };

/**
 * Everything that these controls ask, each question once. Two questions under one name are a mistake of a resource: throws
 * an Error that names the probe.
 */
export function planProbes(controls: Control[], resources: Readonly<Record<string, Resource>>): Plan {
  const requested = [platformProbe, ...controls.flatMap((control) => probesOf(control, resources))];
  const planned = new Map<string, PlannedProbe>();
  for (const probe of requested) {
    const digest = digestOfProbe(probe);
    const known = planned.get(probe.name);
    if (known && known.digest !== digest)
      throw new Error(`two probes are called ${probe.name} and ask different things`);
    planned.set(probe.name, { ...probe, digest });
  }
  return { probes: [...planned.values()], requested: requested.length };
}
