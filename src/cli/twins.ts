import { UsageError } from './exit.ts';

/** Reports tell hosts apart by name, so no two may have the same. */
export function refuseTwins(names: string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new UsageError(`two hosts are called ${twice}`, 'reports tell hosts apart by name: give each once');
}
