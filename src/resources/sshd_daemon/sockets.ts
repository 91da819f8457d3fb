import type { Observation } from '../../model/observation.ts';
import { isSession, type Daemon } from './parse.ts';
import { daemonProbe } from './probes.ts';

const about = { fact: 'listens_on', probe: daemonProbe.name };

/**
 * Every port at which sshd takes connections. A session's own sockets (forwarded ports, X11) are none, and those of ssh.socket are
 * sshd's even while systemd holds them.
 */
export function readSockets(daemon: Daemon): Observation[] {
  const waiting = daemon.units['ssh.socket']!;
  const used = waiting.ActiveState === 'active' || waiting.UnitFileState === 'enabled';
  const declared = used ? portsOf(waiting.Listen ?? '') : [];
  const live = daemon.sockets.filter(
    ({ users, port }) => isOfDaemon(users, daemon) || (declared.includes(port) && /"systemd"/.test(users)),
  );
  const all = [
    ...grouped(live).map(([port, addresses]) => observe(port, 'the port that sshd listens on', addresses.join(', '))),
    ...declared.map((port) => observe(port, 'the port in ssh.socket', 'shown by systemctl show ssh.socket')),
  ];
  if (live.length > 0) return all;
  const message = 'sshd listens on no port';
  return [...all, { ...about, label: 'the port that sshd listens on', state: 'absent', message }];
}

function isOfDaemon(users: string, daemon: Daemon): boolean {
  const pids = [...users.matchAll(/\("sshd[^"]*",pid=(\d+),/g)].map(([, pid]) => pid!);
  return pids.some((pid) => !isSession(daemon.processes.find((each) => each.pid === pid)?.title ?? ''));
}

/** `Listen=[::]:22 (Stream)`, one line for each. */
function portsOf(listen: string): number[] {
  return [...new Set([...listen.matchAll(/:(\d+) \(Stream\)/g)].map(([, port]) => Number(port)))];
}

function grouped(live: Daemon['sockets']): [number, string[]][] {
  const ports = [...new Set(live.map((each) => each.port))];
  return ports.map((port) => [
    port,
    live.filter((each) => each.port === port).map((each) => `${each.address}:${port}`),
  ]);
}

function observe(port: number, label: string, note: string): Observation {
  return { ...about, label, note, state: 'value', value: port };
}
