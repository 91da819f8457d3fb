import type { Draft } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Ufw {
  allow?: string[];
  only?: { tcp: string[]; udp: string[] };
  ipv6?: true;
  logging?: 'low';
  default?: Record<string, string>;
  enabled?: true;
}

/** What UFW allows, does by default, and whether it runs. ufw(8) edits its own files: only it knows how. */
export const ufw: StepKind<Ufw> = {
  subject: 'UFW',
  needs: ({ only }, needs) => {
    needs.ufwRules ||= only !== undefined;
  },
  draft: ({ allow = [], only, ipv6, logging, default: defaults = {}, enabled }, draft) => {
    const { ufw: wanted } = draft;
    for (const port of allow) wanted.allow.add(port);
    for (const [direction, policy] of Object.entries(defaults)) wanted.defaults.set(direction, policy);
    if (only) surplus(only, draft).forEach((rule) => wanted.deleted.add(rule));
    wanted.logging ||= logging !== undefined;
    wanted.ipv6 ||= ipv6 ?? false;
    wanted.enabled ||= enabled ?? false;
  },
};

/** Rules in UFW's own words that open another port to everybody. What says more than a port is for a person to judge. */
function surplus(open: { tcp: string[]; udp: string[] }, { host }: Draft): string[] {
  return host.ufwRules.flatMap((rule) => {
    const [, words, port, protocol] = /^((?:allow|limit) (\d+)(?:\/(tcp|udp))?)(?: comment .*)?$/.exec(rule) ?? [];
    if (words === undefined) return [];
    const protocols = protocol ? [protocol as 'tcp' | 'udp'] : (['tcp', 'udp'] as const);
    return protocols.every((each) => isAmong(Number(port), open[each])) ? [] : [words];
  });
}

function isAmong(port: number, ranges: string[]): boolean {
  return ranges.some((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return port >= first! && port <= last!;
  });
}
