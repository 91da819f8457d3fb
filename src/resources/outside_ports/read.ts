import type { Observation } from '../../model/observation.ts';
import type { Answers } from '../resource.ts';
import { one, said, unknown, value, type Said, type Told } from '../said.ts';
import { aimOf } from './aim.ts';
import { lookName, type Options } from './probes.ts';

const words = ['target', 'tool', 'known', 'canary', 'listeners', 'asked', 'count', 'open', 'again', 'warned'] as const;

/** What reading needs of the options; the rest is for asking. */
type Looked = Pick<Options, 'family' | 'protocol' | 'outside'>;

/**
 * The ports that were seen open, one observation for every address. Beside it, if the look was no whole one, a second
 * observation that says so: a port that is open is open, but what was not seen proves nothing.
 */
export function readLook(options: Looked, answers: Answers): Observation[] {
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

function labelOf({ protocol, family }: Looked): string {
  return `what answers on ${protocol.toUpperCase()} over ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
}

function noAddress({ family }: Looked): string {
  const wanted = family === 'ipv4' ? 'IPv4' : 'IPv6';
  return `no public ${wanted} address of the host is known: say it, --input outside_address=…`;
}

/** What the look wrote to stderr is why it says nothing. */
function withReason(message: string, answers: Answers, probe: string): string {
  const reason = answers[probe]?.stderr.trim().split('\n')[0];
  return reason && !message.includes(reason) ? `${message}: ${reason}` : message;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));

/** The lines about one address, without its number. */
function pick(all: Said<(typeof words)[number]>, number: string): Said<(typeof words)[number]> {
  const mine = (lines: string[]) =>
    lines.filter((line) => line.split('|')[0] === number).map((line) => line.slice(number.length + 1));
  return Object.fromEntries(words.map((word) => [word, mine(all[word])])) as Said<(typeof words)[number]>;
}

type About = Pick<Observation, 'fact' | 'label' | 'probe'>;

function readTarget({ protocol }: Looked, lines: Said<(typeof words)[number]>, about: About): Observation[] {
  const [address, knownPort] = (one(lines.target) ?? '').split('|');
  const [tool, method, rounds] = (one(lines.tool) ?? '').split('|');
  const where = address || 'address unknown';
  const open = openPorts(lines);
  if (!address || !knownPort || !tool || !method || !rounds || open === null) {
    return [{ ...about, ...unknown(`${about.probe} printed something else than expected`), where }];
  }
  const here = { ...about, label: `${about.label} at ${address}`, where };
  const doubt = whyDoubt(lines, { protocol, knownPort, address });
  const seen: Told = value(shorten(open), noteOf(tool, method, lines));
  return [
    ...(open.length > 0 || !doubt ? [{ ...here, ...seen, where }] : []),
    ...(doubt ? [{ ...here, ...unknown(doubt), where }] : []),
  ];
}

/** Open in the sweep or at the second look; null when a line is odd. */
function openPorts(lines: Said<(typeof words)[number]>): number[] | null {
  const again = lines.again.map((line) => line.split('|'));
  const all = [...lines.open, ...again.filter(([, state]) => state === 'open').map(([port]) => port!)];
  if (!all.every((port) => /^[1-9]\d{0,4}$/.test(port))) return null;
  return [...new Set(all.map(Number))].sort((a, b) => a - b);
}

/** Nobody reads a sentence of sixty thousand numbers. */
function shorten(open: number[]): string[] {
  const most = 40;
  const rest = open.length > most ? [`and ${open.length - most} more`] : [];
  return [...open.slice(0, most).map(String), ...rest];
}

/** Why this look does not prove that nothing else is open; null if it does. */
function whyDoubt(
  { asked, count, open: listed, known, canary, again, warned }: Said<(typeof words)[number]>,
  { protocol, knownPort, address }: { protocol: string; knownPort: string; address: string },
): string | null {
  const total = count.reduce(
    (sum, line) => sum + (/^[a-z-]+\|\d+$/.test(line) ? Number(line.split('|')[1]) : Number.NaN),
    0,
  );
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
