import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { must, run } from './run.ts';

/** What the guide calls the public interface of an OVH VPS. */
const INSIDE = 'ens3';
const SLOTS = 16384;

export const veth = (name: string): string => `ve-${name}`;

/** Every host has four addresses of 198.18.0.0/15, a range set aside for labs: .1 is outside, .2 is the host. */
export const addressOf = (slot: number): string => address(slot, 2);

/** The lowest slot that neither another host of ours nor anything else on this machine uses. */
export function freeSlot(taken: number[]): number {
  const here = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((own) => own.address)));
  for (let slot = 0; slot < SLOTS; slot += 1) {
    if (!taken.includes(slot) && !here.has(address(slot, 1))) return slot;
  }
  throw new Error('lab: no address is left');
}

export async function connect(name: string, leader: number, slot: number): Promise<void> {
  const outside = [
    `addr replace ${address(slot, 1)}/30 dev ${veth(name)}`,
    `addr replace ${address6(slot, 1)}/64 dev ${veth(name)} nodad`,
    `link set ${veth(name)} up`,
  ];
  const inside = [
    `link set host0 down`,
    `link set host0 name ${INSIDE}`,
    `addr add ${address(slot, 2)}/30 dev ${INSIDE}`,
    `addr add ${address6(slot, 2)}/64 dev ${INSIDE} nodad`,
    `link set ${INSIDE} up`,
    // For `ip route show default`, and no more: nothing forwards for the host, it has no way to the internet.
    `route add default via ${address(slot, 1)} dev ${INSIDE}`,
    `route add default via ${address6(slot, 1)} dev ${INSIDE}`,
  ];
  await must('ip', ['-batch', '-'], `${outside.join('\n')}\n`);
  await must('nsenter', ['-t', String(leader), '-n', 'ip', '-batch', '-'], `${inside.join('\n')}\n`);
}

/** The kernel removes a dead host's device by itself, some time later. */
export async function disconnect(name: string): Promise<void> {
  const path = `/sys/class/net/${veth(name)}`;
  for (let turn = 0; existsSync(path); turn += 1) {
    if (turn === 200) throw new Error(`lab: ${veth(name)} does not go away`);
    await run('ip', ['link', 'del', veth(name)]);
    await sleep(10);
  }
}

function address(slot: number, last: number): string {
  return `198.18.${slot >> 6}.${(slot & 63) * 4 + last}`;
}

/** Of 2001:db8::/32, the range for documentation (RFC 3849): every host has a network of its own. */
function address6(slot: number, last: number): string {
  return `2001:db8:0:${slot.toString(16)}::${last}`;
}
