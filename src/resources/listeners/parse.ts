import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../address.ts';
import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { listenersProbe } from './probe.ts';

/** Who can reach a socket, by its address alone: nobody outside, neighbours on the link, whoever reaches that address, everybody. */
export type Reach = 'loopback' | 'link' | 'address' | 'wildcard';

export interface Listener {
  protocol: 'tcp' | 'udp';
  /** Without brackets; `*` is every address of both families. */
  address: string;
  /** The interface it is bound to, `''` for none. */
  device: string;
  port: number;
  reach: Reach;
  /** Empty for the kernel's own, and for those of other namespaces. */
  owners: { name: string; pid: number }[];
}

export interface Listeners {
  ok: true;
  listeners: Listener[];
}

/** All sockets, or why they are not known: one line that is not understood could be the one that matters. */
export function parseListeners(answers: Answers): Listeners | Unreadable {
  const answer = said(answers, listenersProbe.name, ['socket']);
  if (!answer.ok) return answer;
  const listeners = answer.said.socket.map(parseLine);
  const known = listeners.filter((each) => each !== null);
  if (known.length === listeners.length) return { ok: true, listeners: known };
  const line = answer.said.socket[listeners.indexOf(null)]!.trim();
  return { ok: false, code: 'unparsable', message: `ss printed a line that is not understood: ${line}` };
}

const form =
  /^(tcp +LISTEN|udp +UNCONN) +\d+ +\d+ +(\*|\d+(?:\.\d+){3}|\[[0-9a-f:.]+\])(?:%([^\s:]+))?:(\d+) +\S+:\* *(?:users:\((.+)\))? *$/;
const user = /\("([^"\n]*)",pid=(\d+),fd=\d+\)/y;

function parseLine(line: string): Listener | null {
  const [, kind, shown, device = '', port, users = ''] = form.exec(line) ?? [];
  const owners = users === '' ? [] : parseOwners(users);
  const address = shown?.replace(/^\[|\]$/g, '');
  if (!kind || !owners || !address || (address !== '*' && isIP(address) === 0) || Number(port) > 65535) return null;
  const protocol = kind.startsWith('tcp') ? 'tcp' : 'udp';
  return { protocol, address, device, port: Number(port), reach: reachOf(address, device), owners };
}

/** A program may call itself what it likes: only a list that is whole in every sign is one. */
function parseOwners(text: string): Listener['owners'] | null {
  const owners: Listener['owners'] = [];
  for (let at = 0; ; at += 1) {
    user.lastIndex = at;
    const match = user.exec(text);
    if (!match) return null;
    owners.push({ name: match[1]!, pid: Number(match[2]) });
    at = user.lastIndex;
    if (at === text.length) return owners;
    if (text[at] !== ',') return null;
  }
}

const link = new BlockList();
link.addSubnet('169.254.0.0', 16, 'ipv4');
link.addSubnet('fe80::', 10, 'ipv6');

/** Where an address of IPv4 is written as one of IPv6, BlockList looks at the former. */
function reachOf(address: string, device: string): Reach {
  if (device === 'lo') return 'loopback';
  if (['*', '0.0.0.0', '::', '::ffff:0.0.0.0'].includes(address)) return 'wildcard';
  if (isLoopback(address)) return 'loopback';
  return link.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') ? 'link' : 'address';
}
