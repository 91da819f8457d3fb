/** A mount as the kernel tells it: of what file system, from where in it, to where. */
export interface Line {
  device: string;
  root: string;
  point: string;
  /** Of the file system: ext4, proc, overlay, … */
  type: string;
}

/**
 * Where on the host it may be that a container has mounted: under each mount of the same file system, and each of those that show
 * a part of it, as the subvolume / of a Btrfs that is mounted from its top.
 */
export function placesOf({ device, root }: Line, host: Line[], dataRoot: string): string[] {
  const same = host.filter((each) => each.device === device);
  const above = same.filter((each) => isWithin(root, each.root));
  const under = above.map((each) => join(each.point, root.slice(each.root === '/' ? 0 : each.root.length)));
  // A volume that is a bind of a harmless directory shows up below the data root, which is no news to whoever can write the directory.
  const parts = same.filter((each) => !above.includes(each) && isWithin(each.root, root));
  return [...new Set([...under, ...parts.map(({ point }) => point).filter((point) => !isWithin(point, dataRoot))])];
}

function join(base: string, rest: string): string {
  return `${base === '/' ? '' : base}${rest === '/' ? '' : rest}` || '/';
}

export function isWithin(path: string, parent: string): boolean {
  return parent === '/' || path === parent || path.startsWith(`${parent}/`);
}
