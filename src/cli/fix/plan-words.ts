import { createColors } from 'picocolors';
import type { FixPlan, Transaction } from '../../model/fix-plan.ts';
import { plural } from '../../model/plural.ts';
import { liveWords } from './live-words.ts';

type Colors = ReturnType<typeof createColors>;

/** The plan as a pull request would show it: what, why, how it is undone, and every line that changes. */
export function planWords(
  host: string,
  { hash, transactions, left }: FixPlan,
  deadline: number,
  color: boolean,
): string {
  const colors = createColors(color);
  const count = transactions.reduce((sum, { controls }) => sum + controls.length, 0);
  const head = colors.bold(
    count === 0
      ? `${host}: nothing that fleet-audit can mend`
      : `${host}: ${plural(count, 'control')} to mend in ${plural(transactions.length, 'transaction')} (plan ${hash})`,
  );
  const parts = transactions.map((each, at) => transactionWords(each, at + 1, deadline, colors));
  return [head, ...parts, leftWords(left, colors)].filter(Boolean).join('\n\n');
}

function transactionWords(transaction: Transaction, number: number, deadline: number, colors: Colors): string {
  const { risk, subject, controls, dangers, files, live, activate } = transaction;
  const lines = [
    colors.bold(`${number}. ${subject} (risk: ${risk})`),
    `   mends    ${controls.join(', ')}`,
    ...dangers.map((danger) => colors.yellow(`   careful  ${danger}`)),
    ...live.map((each) => `   changes  ${liveWords(each)}`),
    ...activate.map((each) => `   then     ${actions[each] ?? each}`),
    `   undone   by itself after ${deadline} s, or at a reboot, unless ${proofs[risk]}`,
    ...files.flatMap(({ diff }) => ['', ...diffLines(diff, colors)]),
  ];
  return lines.join('\n');
}

const proofs: Record<Transaction['risk'], string> = {
  safe: 'an audit finds it mended and nothing else broken',
  service: 'an audit finds it mended and nothing else broken',
  access: 'two new logins come in and an audit finds it mended and nothing else broken',
  boot: 'two new logins come in and an audit finds it mended and nothing else broken',
};

const actions: Record<string, string> = {
  fa_reload_sshd: 'reload sshd; sessions that are open stay',
  fa_reload_fail2ban: 'reload fail2ban; bans stay',
};

function diffLines(diff: string, colors: Colors): string[] {
  const paint = (line: string) => {
    if (/^(---|\+\+\+)/.test(line)) return colors.bold(line);
    if (line.startsWith('+')) return colors.green(line);
    if (line.startsWith('-')) return colors.red(line);
    return line.startsWith('@@') ? colors.cyan(line) : line;
  };
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => `   ${paint(line)}`);
}

function leftWords(left: FixPlan['left'], colors: Colors): string {
  if (left.length === 0) return '';
  const manual = left.filter(({ why }) => why === 'manual').map(({ control }) => control);
  const refused = left.filter(({ why }) => why === 'refused');
  const later = left.filter(({ why }) => why === 'later').map(({ control }) => control);
  return [
    ...(later.length > 0 ? [`${colors.bold('Planned next, once this holds:')} ${later.join(', ')}`, ''] : []),
    colors.bold('Left for a person'),
    ...refused.map(({ control, reason }) => `   ${control} ${reason}`),
    ...(manual.length > 0
      ? [`   ${plural(manual.length, 'control')} to mend by hand (fleet-audit explain <id>): ${manual.join(', ')}`]
      : []),
  ].join('\n');
}
