import type { Aim, OutsideProbe } from '../model/probe.ts';
import { knock, patient, type Knocked } from './knock.ts';
import { nmap } from './nmap.ts';
import { allPorts, type Scan, type Watch } from './scan.ts';
import { sweep } from './sweep.ts';
import type { Target } from './targets.ts';

/** All that was seen of one address. */
export interface Seen extends Scan {
  target: Target;
  /** How many ports were asked. */
  asked: number;
  /** How often all ports were looked at. */
  rounds: number;
  /** The known port while the scan was at its fastest and after all else: the worse of the two; null where that was not asked. */
  canary: Knocked | null;
  /** Ports that were tried once more, slowly. */
  again: [number, Knocked][];
  /** Whether the host's own list of listeners was among them. */
  aimed: boolean;
}

/**
 * All TCP ports of one address: a fast sweep, a canary while it runs and one at the end, and a slow second look at
 * whatever would be grave to miss or what the host itself says it listens on. If that finds more than the sweep did, the
 * way loses packets, and everything is asked again.
 */
export async function lookAtTcp(
  probe: OutsideProbe,
  target: Target,
  aim: Promise<Aim | null>,
  watch: Watch,
): Promise<Seen> {
  const canary = canaryOf(target, watch);
  const first = await sweepOnce(target, canary.watch);
  const met = await canary.met();
  const aimed = await aim;
  const ports = [...new Set([...probe.again, ...(aimed?.ports ?? [])])].filter((port) => port !== target.knownPort);
  const again = await Promise.all(
    ports
      .sort((a, b) => a - b)
      .map(async (port) => [port, await knock(target.address, port, patient, watch.live)] as const),
  );
  const whole = missedSomething(first, met, again, target)
    ? { ...merge(first, await sweepOnce(target, watch)), rounds: 2 }
    : { ...first, rounds: 1 };
  const last = met === 'open' ? await knock(target.address, target.knownPort, patient, watch.live) : met;
  return { ...whole, target, asked: allPorts, canary: last, again: again as Seen['again'], aimed: aimed !== null };
}

/** 7000 a second is 4 Mbit/s of SYNs. nmap asks silent ports twice, and more often as soon as it sees that packets are lost. */
const fast = ['-p-', '--min-rate', '7000', '--max-retries', '6'];

async function sweepOnce(target: Target, watch: Watch): Promise<Scan> {
  const asked = { ...target, protocol: 'tcp', count: allPorts } as const;
  return (await nmap(fast, asked, watch)) ?? sweep(target, watch);
}

/**
 * A limit on new connections, a full table of a router on the way or a ban makes open ports look closed, the known one
 * included. It is tried late, for bans take a moment, and once more when all is done, for a ban may begin with any port;
 * not more often, because `ufw limit` allows five in 30 seconds: the login, the sweep itself and these two make four.
 */
function canaryOf({ address, knownPort }: Target, watch: Watch): { watch: Watch; met: () => Promise<Knocked> } {
  let met: Promise<Knocked> | null = null;
  const ask = () => (met ??= knock(address, knownPort, patient, watch.live));
  const onPercent: Watch['onPercent'] = (percent, left) => {
    if (percent >= 60) void ask();
    watch.onPercent(percent, left);
  };
  return { watch: { ...watch, onPercent }, met: ask };
}

function missedSomething(
  scan: Scan,
  canary: Knocked,
  again: (readonly [number, Knocked])[],
  { knownPort }: Target,
): boolean {
  const found = again.filter(([, state]) => state === 'open').map(([port]) => port);
  if (canary === 'open') found.push(knownPort);
  return found.some((port) => !scan.open.includes(port));
}

/** Seen open once is open. */
function merge(first: Scan, second: Scan): Scan {
  return {
    ...second,
    open: [...new Set([...first.open, ...second.open])].sort((a, b) => a - b),
    known: first.known.state === 'open' ? first.known : second.known,
    warnings: [...first.warnings, ...second.warnings],
  };
}
