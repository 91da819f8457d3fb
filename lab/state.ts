import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leaderOf } from './cgroup.ts';
import { hostFolder, hosts } from './paths.ts';
import type { Layer, Release } from './types.ts';

/** What is known about a host, kept on disk so that another process can find and remove it. */
export interface State {
  name: string;
  release: Release;
  layer: Layer;
  /** The read-only folders below the host's own, topmost first. */
  lowers: string[];
  slot: number;
  ports: number[];
  /** The process that has to stop it; null for a host that outlives its command. */
  owner: Owner | null;
}

interface Owner {
  pid: number;
  /** Ticks since the machine's boot: a number of a process is used again, the pair is not. */
  started: string;
}

export const thisProcess = (): Owner => ({ pid: process.pid, started: startOf(process.pid) });

export async function saveState(state: State): Promise<void> {
  const path = join(hostFolder(state.name), 'state.json');
  await writeFile(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** From now on the host outlives the process that booted it. */
export async function keep(name: string): Promise<void> {
  const state = await loadState(name);
  if (state !== null) await saveState({ ...state, owner: null });
}

/** Null when there is no such host, or its owner died before it had written anything. */
export async function loadState(name: string): Promise<State | null> {
  const path = join(hostFolder(name), 'state.json');
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as State) : null;
}

export async function hostNames(): Promise<string[]> {
  return (await readdir(hosts).catch(() => [])).sort();
}

/** A leftover: nobody is going to stop it, and nobody asked to keep it. */
export async function isLeftover(name: string): Promise<boolean> {
  const state = await loadState(name);
  if (state === null) return true;
  if (state.owner !== null) return startOf(state.owner.pid) !== state.owner.started;
  return (await leaderOf(name)) === null; // kept, but the machine was restarted since
}

/** A process that still runs has booted it, and will stop it. */
export async function isInUse(name: string): Promise<boolean> {
  const owner = (await loadState(name))?.owner ?? null;
  return owner !== null && startOf(owner.pid) === owner.started;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return 'gone';
  }
}
