import type { Observation } from '../../model/observation.ts';
import type { Answers } from '../resource.ts';
import { one, said, unknown, value, type Said, type Told } from '../said.ts';
import { aimOf } from './aim.ts';
import { lookName, type Options } from './probes.ts';

const words = ['target', 'tool', 'known', 'canary', 'listeners', 'asked', 'count', 'open', 'again', 'warned'] as const;

/**
 * The ports that were seen open, one observation for every address. Beside it, if the look was no whole one, a second
 * observation that says so: a port that is open is open, but what was not seen proves nothing.
 */
export function readLook(options: Options, answers: Answers): Observation[] {
  const probe = lookName(options);
  const about = { fact: 'open', label: labelOf(options), probe };
  if (options.outside === 'none') {
    const message = 'not looked at from outside, as the profile says (outside: none)';
    return [{ ...about, state: 'skipped', message }];
  }
  const aim = aimOf(answers, options);
  const look = said(answers, probe, words);
  if (!look.ok) return [{ ...about, ...unknown(withReason(look.message, answers, probe), look.code) }];
  const count = look.said.target.length;
  if (count > 0) return numbers(count).flatMap((at) => readTarget(options, pick(look.said, at), about));
  if (aim && aim.addresses.length === 0 && options.family === 'ipv6') {
    return [{ ...about, state: 'skipped', message: 'the host has no public IPv6 address' }];
  }
  return [{ ...about, ...unknown(noAddress(options), 'no-vantage') }];
}

function labelOf({ protocol, family }: Options): string {
  return `what answers on ${protocol.toUpperCase()} over ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
}

function noAddress({ family }: Options): string {
  const wanted = one(asked) ?? '';
  if (protocol === 'tcp' && wanted !== '65535') return 'not all ports were looked at';
  if (String(total) !== wanted) return `the scan accounts for ${total} ports of ${wanted || 'an unknown number'}`;
  const open = count.find((line) => line.startsWith('open|'))?.split('|')[1] ?? '0';
  if (Number(open) > listed.length) return `the scan counts ${open} open ports and names ${listed.length}`;
  const [state, reason = ''] = (one(known) ?? '').split('|');
  if (state !== 'open') return notOpen(knownPort, address, state || 'not mentioned', reason);
  if (protocol === 'tcp' && one(canary) !== 'open') {
    return `port ${knownPort}, which is open, did not answer any more while the other ports were tried (${one(canary) ?? 'not asked'}): something limits or bans whoever scans, so the others may be open as well. Let this machine's address through, or scan from elsewhere`;
  }
  const odd = again.find((line) => !/^\d+\|(open|closed|filtered)$/.test(line));
  if (odd) return `the second look at some ports failed (${odd})`;
  return warned.length > 0 ? `the scanner said: ${warned[0]}` : null;
}

function notOpen(port: string, address: string, state: string, reason: string): string {
  const seen = `port ${port}, over which this audit came in, is ${state}${reason && ` (${reason})`} at ${address}`;
  const banned = /unreach|prohibited/.test(reason);
  return banned
    ? `${seen}: this machine has been banned there, probably by fail2ban: sudo fail2ban-client unban ADDRESS`
    : `${seen}: it is another host's address, the host is down, or this machine has been banned there`;
}

function noteOf(tool: string, method: string, { listeners }: Said<(typeof words)[number]>): string {
  const how = tool.startsWith('nmap')
    ? `${tool}, ${method} scan`
    : 'by connecting, without nmap: apt install nmap for a better look';
  return one(listeners) === 'known' ? how : `${how}; what the host itself listens on is not known`;
}
