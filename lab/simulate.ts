import { inside } from './inside.ts';
import type { Layer } from './types.ts';

/**
 * Puts plain files over what the kernel has only once per machine, then applies sysctl.d as a boot does.
 * The machine's own values are never touched: /proc/sys outside net/ is read-only inside.
 */
export async function simulate(name: string, layer: Layer): Promise<void> {
  const swaps = ['Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority'];
  // What the kernel shows for a 4 GiB file: one page of it is the header.
  if (layer === 'hardened') swaps.push('/swapfile                               file\t\t4194300\t\t0\t\t-2');
  const files: [string, string][] = [
    ['/proc/sys/vm/swappiness', '60'],
    ['/proc/sys/fs/file-max', '9223372036854775807'],
    ['/proc/swaps', swaps.join('\n')],
  ];
  for (const [path, content] of files) {
    const cover = `file=$(mktemp -p /run) && cat > $file && chmod 644 $file && mount --bind $file ${path} && rm $file`;
    const { code, stderr } = await inside(name, cover, `${content}\n`);
    if (code !== 0) throw new Error(`lab: could not cover ${path}: ${stderr}`);
  }
  // nspawn hosts skip it at boot. Its exit code counts for nothing: kernel.* is refused, which is as it should be.
  await inside(name, '/usr/lib/systemd/systemd-sysctl');
}
