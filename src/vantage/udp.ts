import type { Aim, OutsideProbe } from '../model/probe.ts';
import { NoAnswer } from './no-answer.ts';
import { nmap } from './nmap.ts';
import type { Watch } from './scan.ts';
import type { Target } from './targets.ts';
import type { Seen } from './tcp.ts';

/** Some UDP ports, and the known TCP port in the same scan: silence alone proves nothing. Only nmap as root can look. */
export async function lookAtUdp(
  probe: OutsideProbe,
  target: Target,
  aim: Promise<Aim | null>,
  watch: Watch,
): Promise<Seen> {
  if (process.getuid?.() !== 0)
    throw new NoAnswer('denied', 'UDP can be looked at only by root on this machine: sudo fleet-audit …');
  const aimed = await aim;
  const listed = probe.ports === 'all' ? [] : probe.ports;
  const ports = [...new Set([...listed, ...(aimed?.ports ?? [])])].sort((a, b) => a - b);
  const asked = { ...target, protocol: 'udp', count: ports.length } as const;
  const args = ['-sS', '-sU', '-p', `T:${target.knownPort},U:${ports.join(',')}`, '--max-retries', '3'];
  const scan = await nmap(args, asked, watch);
  // The shell's own code for it (POSIX 2.8.2).
  if (!scan) throw new NoAnswer('exited', 'nmap: not found on this machine: apt install nmap', 127);
  return { ...scan, target, asked: ports.length, rounds: 1, canary: null, again: [], aimed: aimed !== null };
}
