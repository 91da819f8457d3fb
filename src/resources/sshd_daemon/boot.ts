import type { Observation } from '../../model/observation.ts';
import { listeners, type Daemon } from './parse.ts';
import { daemonProbe } from './probes.ts';

const probe = daemonProbe.name;
const units = ['ssh.service', 'ssh.socket'];

/** Either unit will do: Ubuntu 24.04 enables the socket and leaves the service to it. */
export function readBoot(daemon: Daemon): Observation[] {
  const active = units.filter((unit) => daemon.units[unit]!.ActiveState === 'active');
  const running = active.includes('ssh.socket') || listeners(daemon).length > 0;
  const starting = units.filter((unit) => starts(daemon, unit));
  return [
    { fact: 'running', label: 'sshd', probe, note: `active: ${say(active)}`, state: 'value', value: running },
    {
      fact: 'starts_at_boot',
      label: 'sshd',
      probe,
      note: why(daemon),
      state: 'value',
      value: !daemon.blocked && starting.length > 0,
    },
  ];
}

/** `enabled-runtime` is gone after a boot, and a unit that some other target wants is not started by this one. */
function starts({ units: all, pulled }: Daemon, unit: string): boolean {
  const { LoadState, UnitFileState } = all[unit]!;
  return LoadState === 'loaded' && UnitFileState === 'enabled' && pulled.includes(unit);
}

function why(daemon: Daemon): string {
  if (daemon.blocked) return '/etc/ssh/sshd_not_to_be_run exists';
  return units.map((unit) => `${unit} is ${stateOf(daemon, unit)}`).join(', ');
}

function stateOf({ units: all, pulled }: Daemon, unit: string): string {
  const { LoadState, UnitFileState } = all[unit]!;
  if (LoadState !== 'loaded') return LoadState ?? 'unknown';
  const lone = UnitFileState === 'enabled' && !pulled.includes(unit);
  return `${UnitFileState || 'not installed'}${lone ? ', but default.target does not want it' : ''}`;
}

function say(active: string[]): string {
  return active.length ? active.join(', ') : 'neither ssh.service nor ssh.socket';
}
