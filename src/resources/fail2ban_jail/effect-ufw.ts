import { linesOf, odd, type Effect } from './commands.ts';

const around = [
  /^if \[ -n "" \] && ufw app info ""$/,
  /^(then|else|fi)$/,
  /^\[ -n "" \] && app="app "$/,
  /^ss -K dst "\[<ip>\]"$/,
  /^conntrack -D -s "<ip>"$/,
];
const rule = /^ufw (?:prepend|insert 1) (\S+) from <ip> to any(?: app ""| \$app)?(?: comment "[^"$`\\]*")?$/;

/** fail2ban's action.d/ufw.conf without an application: rules before all others, one for each address. */
export function ufwEffect(start: string, ban: string): Effect {
  const lines = linesOf(ban);
  const strange = [...linesOf(start), ...lines.filter((line) => ![...around, rule].some((each) => each.test(line)))];
  if (strange.length > 0) return odd(strange[0]!);
  const verdicts = lines.map((line) => rule.exec(line)?.[1]).filter((each) => each !== undefined);
  const wrong = verdicts.find((each) => each !== 'reject' && each !== 'deny');
  if (wrong === 'allow' || wrong === 'limit') return { is: 'open', why: `its rule is "${wrong}", which lets in` };
  return wrong === undefined && verdicts.length > 0 ? { is: 'blocked' } : odd(ban);
}
