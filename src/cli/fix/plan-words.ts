import { createColors } from 'picocolors';
import { deadlineOf } from '../../fix/index.ts';
import type { FixPlan, Transaction } from '../../model/fix-plan.ts';
import { plural } from '../../model/plural.ts';
import { manyLines, oneLine, withoutCommands } from '../../reporters/index.ts';
import { liveWords } from './live-words.ts';

type Colors = ReturnType<typeof createColors>;

/** The plan as a pull request would show it: what, why, how it is undone, and every line that changes. Made harmless: a host's files are in it. */
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
  const text = [head, ...parts, ...leftParts(left, colors)].join('\n\n');
  return withoutCommands(text);
}

function transactionWords(transaction: Transaction, number: number, deadline: number, colors: Colors): string {
  const { risk, subject, controls, dangers, files, live, activate } = transaction;
  const lines = [
    colors.bold(`${number}. ${subject} (risk: ${risk})`),
    `   mends    ${controls.join(', ')}`,
    ...dangers.map((danger) => colors.yellow(`   careful  ${danger}`)),
    ...live.map((each) => `   changes  ${oneLine(liveWords(each))}`),
    ...activate.map((each) => `   then     ${actions[each] ?? each}`),
    `   undone   by itself after ${deadlineOf(transaction, deadline)} s, or at a reboot, unless ${proofs[risk]}`,
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
  'fa_reload_fail2ban --restart': 'reload fail2ban and restart its jails; bans are made anew',
};

function diffLines(diff: string, colors: Colors): string[] {
  const paint = (line: string) => {
    if (/^(---|\+\+\+)/.test(line)) return colors.bold(line);
    if (line.startsWith('+')) return colors.green(line);
    if (line.startsWith('-')) return colors.red(line);
    return line.startsWith('@@') ? colors.cyan(line) : line;
  };
  return manyLines(diff).map((line) => `   ${paint(line)}`);
}

function leftParts(left: FixPlan['left'], colors: Colors): string[] {
  const of = (wanted: FixPlan['left'][number]['why']) => left.filter(({ why }) => why === wanted);
  const later = of('later').map(({ control }) => control);
  const manual = of('manual').map(({ control }) => control);
  const byHand = `   ${plural(manual.length, 'control')} to mend by hand (fleet-audit explain <id>): ${manual.join(', ')}`;
  const person = [
    ...of('refused').map(({ control, reason }) => `   ${control} ${oneLine(reason)}`),
    ...(manual.length > 0 ? [byHand] : []),
  ];
  return [
    ...(later.length > 0 ? [`${colors.bold('Planned next, once this holds:')} ${later.join(', ')}`] : []),
    ...(person.length > 0 ? [[colors.bold('Left for a person'), ...person].join('\n')] : []),
  ];
}
