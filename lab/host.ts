import { inside } from './inside.ts';
import { accessFiles } from './keys.ts';
import { addressOf } from './network.ts';
import { identity } from './paths.ts';
import type { State } from './state.ts';
import { remove } from './teardown.ts';
import type { LabHost } from './types.ts';

/** The handle for a running host, from what is kept on disk about it. */
export function hostOf({ name, release, layer, slot }: State): LabHost {
  let stopped: Promise<void> | undefined;
  return {
    name,
    release,
    layer,
    identity,
    ...accessFiles(name),
    address: addressOf(slot),
    exec: (command) => inside(name, command),
    write: (path, content, mode = 0o644) => write(name, path, content, mode),
    // Once: the name may be another host's afterwards.
    stop: () => (stopped ??= remove(name)),
  };
}

async function write(name: string, path: string, content: string, mode: number): Promise<void> {
  const file = `'${path.replaceAll("'", `'\\''`)}'`;
  const command = `set -e; mkdir -p "$(dirname ${file})"; cat > ${file}; chmod ${mode.toString(8)} ${file}`;
  const { code, stderr } = await inside(name, command, content);
  if (code !== 0) throw new Error(`lab: could not write ${path} on ${name}: ${stderr}`);
}
