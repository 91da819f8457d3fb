import type { LiveChange } from '../model/fix-plan.ts';
import type { Draft } from './draft.ts';
import type { HostState } from './state.ts';

/** What a draft changes beside files, in the order in which it is done: packages bring what the others need, and units start what is ready. */
export function liveChanges(draft: Draft, host: HostState): LiveChange[] {
  const sysctls = [...draft.sysctls].flatMap(([key, value]): LiveChange[] => {
    const before = host.sysctls.get(key) ?? '';
    return before === value ? [] : [{ kind: 'sysctl', key, value, before }];
  });
  const units = [...draft.units].flatMap(([name, { enabled, started }]): LiveChange[] => {
    const is = host.units.get(name);
    const missing = { enabled: enabled && is?.enabled !== 'enabled', started: started && is?.active !== 'active' };
    return missing.enabled || missing.started ? [{ kind: 'unit', name, ...missing }] : [];
  });
  return [
    ...packagesAndRuns(draft),
    ...accessChanges(draft),
    ...sysctls,
    ...ufwChange(draft),
    ...docker(draft),
    ...units,
  ];
}

function packagesAndRuns({ packages, runs }: Draft): LiveChange[] {
  const installed: LiveChange[] = packages.size > 0 ? [{ kind: 'packages', names: [...packages] }] : [];
  return [...installed, ...[...runs.values()].map((run) => ({ kind: 'run' as const, ...run }))];
}

function accessChanges({ access }: Draft): LiveChange[] {
  return [...access].flatMap(([path, { before, after }]): LiveChange[] => {
    const same = before.mode === after.mode && before.owner === after.owner;
    return same ? [] : [{ kind: 'access', path, before, after }];
  });
}

function docker({ docker: read, dockerUser }: Draft): LiveChange[] {
  return [
    ...(read ? [{ kind: 'docker' as const, ...read }] : []),
    ...(dockerUser ? [{ kind: 'docker_user' } as const] : []),
  ];
}

/** Harmless where it is so already: these are asked for only by a control that fails. */
function ufwChange({ ufw: { allow, deleted, defaults, ipv6, logging, enabled } }: Draft): LiveChange[] {
  const commands = [
    // Without its chains for IPv6 loaded ufw cannot add a rule.
    ...(ipv6 ? ["sed -i 's/^IPV6=.*/IPV6=yes/' /etc/default/ufw", 'ufw reload'] : []),
    ...[...allow].map((port) => `ufw allow ${port}`),
    ...[...defaults].map(([direction, policy]) => `ufw default ${policy} ${direction}`),
    ...[...deleted].map((rule) => `ufw --force delete ${rule}`),
    ...(logging ? ['ufw logging low'] : []),
    ...(enabled ? ['ufw --force enable'] : []),
  ];
  return commands.length > 0 ? [{ kind: 'ufw', commands }] : [];
}
