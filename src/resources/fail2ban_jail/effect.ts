import type { Action } from '../fail2ban/server.ts';
import type { Effect } from './commands.ts';
import { iptablesEffect } from './effect-iptables.ts';
import { nftEffect } from './effect-nft.ts';
import { ufwEffect } from './effect-ufw.ts';

/** By its commands for both families: a ban that stops IPv4 only is none for whoever has IPv6. */
export function effectOf(action: Action): Effect {
  const { tools, start, ban, start6, ban6 } = action;
  if (start === undefined || ban === undefined || start6 === undefined || ban6 === undefined) {
    return { is: 'odd', why: 'its commands were not told' };
  }
  const read = readerOf(Object.keys(tools));
  if (!read) return { is: 'odd', why: `what ${Object.keys(tools).join(' and ')} makes of "${ban}" is not understood` };
  const both = [read(start, ban, 4), read(start6, ban6, 6)];
  return both.find(({ is }) => is === 'open') ?? both.find(({ is }) => is === 'odd') ?? { is: 'blocked' };
}

type Reader = (start: string, ban: string, family: 4 | 6) => Effect;

function readerOf(tools: string[]): Reader | undefined {
  const readers: Record<string, Reader> = { nft: nftEffect, iptables: iptablesEffect, ufw: ufwEffect };
  return tools.length === 1 ? readers[tools[0]!] : undefined;
}
