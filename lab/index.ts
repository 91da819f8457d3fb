import { hostOf } from './host.ts';
import { lowersOf } from './layers.ts';
import { prepareMachine } from './prepare.ts';
import { start } from './start.ts';
import type { BootOptions, LabHost } from './types.ts';

export { available } from './available.ts';
export { prepare } from './prepare.ts';
export { delayProxy } from './delay.ts';
export { down, sweep } from './teardown.ts';
export type { BootOptions, LabHost, Layer, Release } from './types.ts';

/** Boots a fresh copy-on-write host and waits until it is up. Whoever boots a host stops it. */
export async function boot(options: BootOptions): Promise<LabHost> {
  await prepareMachine();
  return hostOf(await start(options, await lowersOf(options.release, options.layer)));
}
