import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cgroupOf } from './cgroup.ts';
import { makeHostKey, writeAccess } from './keys.ts';
import { withLock } from './lock.ts';
import { addressOf, connect, freeSlot } from './network.ts';
import { nspawn } from './nspawn.ts';
import { hostFolder } from './paths.ts';
import { leaderReady, ready } from './ready.ts';
import { must } from './run.ts';
import { simulate } from './simulate.ts';
import { hostNames, loadState, saveState, thisProcess, type State } from './state.ts';
import { remove, removeLeftovers } from './teardown.ts';
import type { BootOptions } from './types.ts';

/** Boots a host on top of read-only folders. A host that does not get ready is removed again. */
export async function start(options: BootOptions, lowers: string[]): Promise<State> {
  const state = await withLock('hosts', () => reserve(options, lowers));
  try {
    await bringUp(state);
    return state;
  } catch (error) {
    await remove(state.name);
    throw error;
  }
}

/** From here on the host's folder tells every other process that the name and the address are taken, and by whom. */
async function reserve(options: BootOptions, lowers: string[]): Promise<State> {
  await removeLeftovers();
  const { release, layer, ports = [22] } = options;
  const name = options.name ?? `${release.replace('debian', 'd')}-${randomBytes(3).toString('hex')}`;
  const others = await Promise.all((await hostNames()).map(loadState));
  if (!/^[a-z][a-z0-9-]{0,10}$/.test(name)) throw new Error(`lab: "${name}" is no name: a-z, 0-9, -, at most 11`);
  // The second half: a host of another cache folder. Going on would end in removing it.
  if (others.some((other) => other?.name === name) || existsSync(cgroupOf(name)))
    throw new Error(`lab: there is a host named ${name} already`);
  const slot = freeSlot(others.map((other) => other?.slot ?? -1));
  const state = { name, release, layer, lowers, slot, ports, owner: thisProcess() };
  await mkdir(hostFolder(name), { recursive: true, mode: 0o700 });
  await saveState(state);
  return state;
}

async function bringUp({ name, layer, lowers, slot, ports }: State): Promise<void> {
  const root = await mountRoot(name, lowers);
  const [port = 22] = ports;
  await personalise(root, ports);
  await makeHostKey(root);
  await pretendTimersRan(root);
  if (layer === 'hardened') await pretendUpdatesRan(root);
  await writeAccess(name, root, addressOf(slot), port);
  const container = await nspawn(name, root);
  const leader = await leaderReady(name, container);
  await connect(name, leader, slot);
  await simulate(name, layer);
  await ready(name, addressOf(slot), port);
}

async function mountRoot(name: string, lowers: string[]): Promise<string> {
  const [upper, work, root] = ['upper', 'work', 'root'].map((part) => join(hostFolder(name), part)) as [
    string,
    string,
    string,
  ];
  for (const folder of [upper, work, root]) await mkdir(folder, { mode: 0o755 });
  // volatile: nobody needs a host after a power cut, so no fsync inside has to reach the disk.
  const options = `lowerdir=${lowers.join(':')},upperdir=${upper},workdir=${work},volatile`;
  await must('mount', ['-t', 'overlay', `fleet-audit-lab-${name}`, '-o', options, root]);
  return root;
}

async function personalise(root: string, ports: number[]): Promise<void> {
  // Without one systemd takes this for the first boot of an image and resets which units are enabled.
  await writeFile(join(root, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`);
  if (ports.join() === '22') return;
  const lines = ports.map((port) => `Port ${port}\n`).join('');
  await writeFile(join(root, 'etc/ssh/sshd_config.d/10-lab-ports.conf'), lines);
}

/** In an image of yesterday every daily timer is overdue: each would work through the first minutes of each host. */
async function pretendTimersRan(root: string): Promise<void> {
  const folder = join(root, 'var/lib/systemd/timers');
  const stamps = await readdir(folder).catch(() => []);
  if (stamps.length > 0)
    await must(
      'touch',
      stamps.map((stamp) => join(folder, stamp)),
    );
}

/** An image in the cache grows old; a host that is looked after does not. */
async function pretendUpdatesRan(root: string): Promise<void> {
  const stamps = [
    'periodic/update-stamp',
    'periodic/update-success-stamp',
    'periodic/upgrade-stamp',
    'periodic/unattended-upgrades-stamp',
    'lists',
  ];
  await must(
    'touch',
    stamps.map((stamp) => join(root, 'var/lib/apt', stamp)),
  );
}
