import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { tailscaleIn, type Listener, type Tailscale } from './parse.ts';
import { tailscaleProbe } from './probe.ts';

export type Demand = 'optional' | 'required' | 'absent';

const labels: Record<string, string> = {
  reachable_tcp: 'what listens on TCP for the tailnet',
  reachable_udp: 'what listens on UDP for the tailnet',
};
const facts = ['present', 'concerned', 'running', 'as_wanted', 'serves_ssh', 'reachable_tcp', 'reachable_udp'];

/** What tailscaled says of itself, and whether that is what the profile asks for. */
export function readTailscale(demand: Demand, answers: Answers): Observation[] {
  const label = (fact: string) => labels[fact] ?? 'Tailscale';
  const answer = tailscaleIn(answers);
  if (!answer.ok) return unknownFacts(facts, label, tailscaleProbe.name, answer);
  return observe(tailscaleProbe.name, label, tell(demand, answer.seen));
}

function tell(demand: Demand, seen: Tailscale): Record<string, Told> {
  const present = seen.traces.length > 0;
  const note = present ? `there is ${seen.traces[0]!}` : undefined;
  const none = absent('there is no Tailscale');
  const running = present ? runningOf(seen) : value(false, 'there is no Tailscale');
  return {
    present: value(present, note),
    concerned: value(present || demand === 'required', note ?? (demand === 'required' ? 'it is required' : undefined)),
    running,
    as_wanted: demand === 'absent' ? value(!present, note) : present || demand === 'required' ? running : value(true),
    serves_ssh: present ? servesSsh(seen) : none,
    reachable_tcp: present ? reachable(seen, 'tcp') : none,
    reachable_udp: present ? reachable(seen, 'udp') : none,
  };
}

function runningOf({ status }: Tailscale): Told {
  const state = status?.BackendState;
  if (typeof state !== 'string') return unknown('`tailscale status` did not answer', 'unreachable');
  return value(state === 'Running', `it says ${state}`);
}

function servesSsh({ prefs }: Tailscale): Told {
  const ssh = prefs?.RunSSH;
  if (typeof ssh !== 'boolean') return unknown('`tailscale debug prefs` did not say', 'unreachable');
  return value(ssh, `RunSSH is ${ssh}`);
}

/** With shields up, tailscaled refuses every connection from the tailnet. */
function reachable({ prefs, status, listeners }: Tailscale, protocol: 'tcp' | 'udp'): Told {
  const [shields, own] = [prefs?.ShieldsUp, status?.TailscaleIPs];
  if (typeof shields !== 'boolean') return unknown('`tailscale debug prefs` did not say', 'unreachable');
  if (shields) return value([], 'shields are up');
  if (!listeners || !Array.isArray(own))
    return unknown('its addresses or what listens could not be told', 'unreachable');
  const seen = listeners.filter((each) => each.protocol === protocol && faces(each, own as unknown[]));
  return value([...new Set(seen.map((each) => each.port))].sort((a, b) => Number(a) - Number(b)));
}

/** Listens on every address, or on one of the node's own in the tailnet. */
function faces({ address }: Listener, own: unknown[]): boolean {
  return ['*', '0.0.0.0', '::', ...own].includes(address);
}
