import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { tailscaleProbe } from './probe.ts';

export interface Listener {
  protocol: 'tcp' | 'udp';
  address: string;
  port: string;
}

export interface Tailscale {
  /** What shows that Tailscale is there; empty: nothing does. */
  traces: string[];
  status: Record<string, unknown> | null;
  prefs: Record<string, unknown> | null;
  listeners: Listener[] | null;
}

/** What the probe found, whole or not at all. */
export function tailscaleIn(answers: Answers): { ok: true; seen: Tailscale } | Unreadable {
  const answer = said(answers, tailscaleProbe.name, ['trace', 'code', 'status', 'prefs', 'tcp', 'udp']);
  if (!answer.ok) return answer;
  const { trace, code, status, prefs, tcp, udp } = answer.said;
  const words = [...code].sort().map((line) => line.replace(/ \d+$/, ''));
  const wanted = trace.length ? ['prefs', 'status'] : [];
  const sockets = [...read('tcp', tcp), ...read('udp', udp)];
  if (words.filter((word) => word !== 'tcp' && word !== 'udp').join() !== wanted.join() || sockets.includes(null)) {
    return { ok: false, code: 'unparsable', message: `${tailscaleProbe.name} printed something else than expected` };
  }
  const ran = (word: string) => code.includes(`${word} 0`);
  const silent = words.includes('tcp') || words.includes('udp');
  return {
    ok: true,
    seen: {
      traces: trace,
      status: ran('status') ? objectIn(status) : null,
      prefs: ran('prefs') ? objectIn(prefs) : null,
      listeners: silent ? null : (sockets as Listener[]),
    },
  };
}

function read(protocol: 'tcp' | 'udp', lines: string[]): (Listener | null)[] {
  return lines.map((line) => {
    const match = /^\[?([^\s[\]%]+)\]?(?:%[^\s:\]]+\]?)?:(\d+)$/.exec(line);
    return match ? { protocol, address: match[1]!, port: match[2]! } : null;
  });
}

function objectIn(lines: string[]): Record<string, unknown> | null {
  if (lines.length !== 1 || !lines[0]!.startsWith('{')) return null;
  try {
    return JSON.parse(lines[0]!) as Record<string, unknown>;
  } catch {
    return null;
  }
}
