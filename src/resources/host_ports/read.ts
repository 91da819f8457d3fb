import { BlockList, isIP } from 'node:net';
import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseListeners, type Listener } from '../listeners/parse.ts';
import { listenersProbe } from '../listeners/probe.ts';
import { asksForAddresses, show } from '../listeners/read.ts';
import type { Answers } from '../resource.ts';
import { observe, value, type Told } from '../said.ts';

export interface Options {
  allow_tcp?: string[] | undefined;
  allow_udp?: string[] | undefined;
  ports?: string[] | undefined;
}

/** One observation for each socket. */
export function readHostPorts(options: Options, answers: Answers): Observation[] {
  const label = () => 'listening sockets of the host';
  const seen = parseListeners(answers);
  if (!seen.ok) return unknownFacts(['expected', 'loopback'], label, listenersProbe.name, seen);
  const { ports } = options;
  const listeners = seen.listeners.filter(({ port }) => !ports || ports.includes(String(port)));
  const open = listeners.filter(({ reach }) => reach !== 'loopback');
  const nothing: Told = { state: 'skipped', message: `nothing listens on port ${ports?.join(', ') ?? 'any'}` };
  return [
    ...orElse('expected', open, value(true, 'none is beyond loopback'), (each) => value(isExpected(each, options))),
    ...orElse('loopback', listeners, nothing, ({ reach }) => value(reach === 'loopback')),
  ];
}

function orElse(fact: string, listeners: Listener[], none: Told, tell: (each: Listener) => Told): Observation[] {
  const label = () => 'listening sockets of the host';
  if (listeners.length === 0) return observe(listenersProbe.name, label, { [fact]: none });
  return listeners.flatMap((each) =>
    observe(listenersProbe.name, () => `${each.protocol} ${show(each)}`, { [fact]: tell(each) }),
  );
}

function isExpected(each: Listener, { allow_tcp = [], allow_udp = [] }: Options): boolean {
  const allowed = each.protocol === 'tcp' ? allow_tcp : allow_udp;
  return allowed.includes(String(each.port)) || asksForAddresses(each) || isTailnet(each);
}

const tailnet = new BlockList();
tailnet.addSubnet('100.64.0.0', 10, 'ipv4');
tailnet.addSubnet('fd7a:115c:a1e0::', 48, 'ipv6');

/** What tailscaled serves to its peers, on a port that it picks: reached through the tunnel alone (tailscale, ipn/ipnlocal/peerapi.go). */
function isTailnet({ address, owners }: Listener): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const own = owners.length > 0 && owners.every(({ name }) => name === 'tailscaled');
  return own && isIP(address) !== 0 && tailnet.check(address, family);
}
