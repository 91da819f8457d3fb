import { linesOf, loop, odd, type Effect } from './commands.ts';

const added = /^nft add (table \S+ \S+|set \S+ \S+ \S+ \\\{ type ipv[46]_addr\\; \\\})$/;
const chainLine = /^nft (?:-- )?add chain (\S+ \S+ \S+) \\\{ type (\S+) hook (\S+) priority (\S+) \\; \\\}$/;
const match = String.raw`(?:\$proto dport \\\{ \$\(echo '[^']*' \| sed s/:/-/g\) \\\}|meta l4proto \\\{ [a-z, ]+ \\\})`;
const ruleLine = new RegExp(String.raw`^nft add rule (\S+ \S+) (\S+) (?:${match} )?(ip6?) saddr @(\S+) (.+)$`);
const banLine = /^nft add element (\S+ \S+) (\S+) \\\{ <ip> \\\}$/;

/** fail2ban's action.d/nftables.conf: a set of addresses, and a rule on it in a chain of its own. */
export function nftEffect(start: string, ban: string, family: 4 | 6): Effect {
  const [, table, set] = banLine.exec(ban.trim()) ?? [];
  if (!table) return odd(ban);
  const lines = linesOf(start);
  const strange = lines.find((line) => ![added, chainLine, ruleLine, loop].some((known) => known.test(line)));
  if (strange !== undefined) return odd(strange);
  const rules = lines.map((line) => ruleLine.exec(line)).filter((each) => each !== null);
  const [rule] = rules;
  const wanted = family === 4 ? 'ip' : 'ip6';
  if (!rule || rules.length > 1 || rule[1] !== table || rule[4] !== set || rule[3] !== wanted)
    return odd(rule?.[0] ?? start);
  return chainEffect(lines, `${table} ${rule[2]}`) ?? verdictEffect(rule[5]!);
}

function chainEffect(lines: string[], chain: string): Effect | null {
  const found = lines.map((line) => chainLine.exec(line)).find((each) => each?.[1] === chain);
  if (!found) return odd(lines.join(' '));
  const [line, , type, hook] = found;
  if (hook !== 'input') return { is: 'open', why: `its chain is hooked at ${hook}, not at input` };
  return type === 'filter' ? null : odd(line);
}

function verdictEffect(text: string): Effect {
  const verdict = text.replace(/^((counter|log( prefix "[^"]*")?) )+/, '');
  if (/^(drop|reject( with [a-z0-9 -]+)?)$/.test(verdict)) return { is: 'blocked' };
  return /^((accept|return|continue|counter|log( prefix "[^"]*")?)( |$))+$/.test(text)
    ? { is: 'open', why: `its rule ends with ${text}, which stops nothing` }
    : odd(text);
}
