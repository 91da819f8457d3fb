import { linesOf, loop, odd, type Effect } from './commands.ts';

/** fail2ban's action.d/iptables.conf, and those of older releases: a chain of addresses, and a jump to it. */
export function iptablesEffect(start: string, ban: string, family: 4 | 6): Effect {
  const tool = `${family === 4 ? 'iptables' : 'ip6tables'}(?: -w)?`;
  const [, chain, target] = new RegExp(`^${tool} -I (\\S+) 1 -s <ip> -j (.+)$`).exec(ban.trim()) ?? [];
  if (!chain || !target) return odd(ban);
  const { made, jump } = patterns(tool, chain);
  const lines = linesOf(start);
  const strange = lines.find((line) => ![...made, jump, loop].some((known) => known.test(line)));
  if (strange !== undefined) return odd(strange);
  const groups = lines.map((line) => jump.exec(line)?.groups).find(Boolean);
  const base = groups?.['checked'] ?? groups?.['plain'];
  if (base !== 'INPUT') return elsewhere(base, start);
  return targetEffect(target);
}

function patterns(tool: string, chain: string): { made: RegExp[]; jump: RegExp } {
  const name = chain.replaceAll(/[^A-Za-z0-9_-]/g, String.raw`\$&`);
  const returns = `${tool} -A ${name} -j RETURN`;
  const made = [
    `\\{ ${tool} -C ${name} -j RETURN >/dev/null 2>&1; \\} \\|\\| \\{ ${tool} -N ${name} \\|\\| true; ${returns}; \\}`,
    `${tool} -N ${name}`,
    returns,
  ];
  const rule = (kind: string) =>
    `(?<${kind}>\\S+) -p (?:\\$proto|[a-z]+)(?: (?:-m multiport --dports|--dport) \\S+)? -j ${name}`;
  const checked = `\\{ ${tool} -C \\S+ [^;{}]* >/dev/null 2>&1; \\} \\|\\| \\{ ${tool} -I ${rule('checked')}; \\}`;
  const jump = `^(?:${checked}|${tool} -I ${rule('plain')})$`;
  return { made: made.map((each) => new RegExp(`^${each}$`)), jump: new RegExp(jump) };
}

function elsewhere(base: string | undefined, start: string): Effect {
  const passed = ['FORWARD', 'OUTPUT', 'DOCKER-USER'];
  return base !== undefined && passed.includes(base)
    ? { is: 'open', why: `it hooks its chain at ${base}, not at INPUT` }
    : odd(base ?? start);
}

function targetEffect(target: string): Effect {
  if (/^(DROP|REJECT( --reject-with [a-z0-9-]+)?)$/.test(target)) return { is: 'blocked' };
  return /^(ACCEPT|RETURN|LOG|NFLOG|MARK|CONNMARK|TRACE)\b/.test(target)
    ? { is: 'open', why: `its rule ends with ${target}, which stops nothing` }
    : odd(target);
}
