import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { readInterfaces } from '../interfaces/parse.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { parseListeners, type Listener } from '../listeners/parse.ts';
import { listenersProbe } from '../listeners/probe.ts';
import { asksForAddresses, show } from '../listeners/read.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { isOnTunnel, mayBeTailnets } from './tailnet.ts';

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
  const isLoopback = ({ reach }: Listener): Seen => ({ told: value(reach === 'loopback') });
  return [
    ...orElse('expected', open, value(true, 'none is beyond loopback'), (each) => expected(each, options, answers)),
    ...orElse('loopback', listeners, nothing, isLoopback),
  ];
}

/** What is told of a socket, by another probe than its own where that decides. */
interface Seen {
  told: Told;
  probe?: string;
}

function orElse(fact: string, listeners: Listener[], none: Told, tell: (each: Listener) => Seen): Observation[] {
  const label = () => 'listening sockets of the host';
  if (listeners.length === 0) return observe(listenersProbe.name, label, { [fact]: none });
  return listeners.flatMap((each) => {
    const { told, probe = listenersProbe.name } = tell(each);
    return observe(probe, () => `${each.protocol} ${show(each)}`, { [fact]: told });
  });
}

function expected(each: Listener, { allow_tcp = [], allow_udp = [] }: Options, answers: Answers): Seen {
  const allowed = each.protocol === 'tcp' ? allow_tcp : allow_udp;
  if (allowed.includes(String(each.port)) || asksForAddresses(each)) return { told: value(true) };
  if (!mayBeTailnets(each)) return { told: value(false) };
  const seen = readInterfaces(answers);
  if (!seen.ok) return { told: unknown(seen.message, seen.code), probe: interfacesProbe.name };
  return { told: value(isOnTunnel(each, seen.interfaces)) };
}
