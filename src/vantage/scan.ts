import type { Live } from './knock.ts';

/** How many TCP ports there are; 0 is none. */
export const allPorts = 65_535;

/** What one look at all asked ports of one address brought. */
export interface Scan {
  /** Name and version of what looked: `nmap 7.93`. */
  tool: string;
  /** How: `syn`, `connect`, `udp`. */
  method: string;
  /** Ports by state; all asked ports are in one of them. */
  counts: Record<string, number>;
  open: number[];
  /** State of the port that is known to be open, with the reason: `filtered`, `port-unreach`. */
  known: { state: string; reason: string };
  /** Words of the tool that put its result in doubt. */
  warnings: string[];
}

export interface Watch {
  signal: AbortSignal;
  /** Ended with the signal. */
  live: Live;
  onPercent: (percent: number, secondsLeft: number | null) => void;
}
