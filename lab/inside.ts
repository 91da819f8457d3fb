import { leaderOf } from './cgroup.ts';
import { beyond } from './nspawn.ts';
import { run } from './run.ts';
import type { Result } from './types.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs a shell command as root in the host's namespaces. Found anew each time: a host may have been restarted. */
export async function inside(name: string, command: string, input = ''): Promise<Result> {
  const leader = await leaderOf(name);
  if (leader === null) throw new Error(`lab: the host ${name} is not running`);
  // nsenter changes namespaces and keeps this process's capabilities: a `date -s` would be the machine's.
  const without = `--bounding-set=${beyond.map((each) => `-${each}`).join()}`;
  return run('setpriv', [without, 'nsenter', ...enter(leader), '/bin/sh', '-c', command], input);
}

function enter(leader: number): string[] {
  const environment = ['/usr/bin/env', '-i', `PATH=${PATH}`, 'HOME=/root', 'USER=root', 'LC_ALL=C.UTF-8'];
  return ['-t', String(leader), '-m', '-u', '-i', '-n', '-p', '-C', '-r', '-w', '--', ...environment];
}
