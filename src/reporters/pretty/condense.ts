import type { Finding } from '../../model/report.ts';

/** The findings of one control without repetition: five ways to say that a file is missing hide what else is wrong. */
export function condense(findings: Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const each of findings) {
    const key = [each.level, each.where, reasonOf(each)].join('\n');
    const group = groups.get(key) ?? [];
    if (group.every(({ message }) => message !== each.message)) groups.set(key, [...group, each]);
  }
  return [...groups.values()].map(([first, ...others]) => ({ ...first!, message: sumUp(first!, others.length) }));
}

/** A list that is wrong as a whole stands in the sentence already; its surplus would be the same list again. */
export function once(message: string): string {
  const at = message.lastIndexOf(surplus);
  if (at < 0) return message;
  const head = message.slice(0, at);
  const list = message.slice(at + surplus.length, -1);
  return head.includes(` is ${list}, expected `) || head.includes(` is ${list} (`) ? head : message;
}

const surplus = ' (not expected: ';

/** What is not there, or why it could not be told; any other finding is a reason of its own. */
function reasonOf({ level, code, message }: Finding): string {
  if (code === 'absent') return message.replace(/, expected .*$/s, '');
  return level === 'error' ? message.replace(/^could not tell .*?: /s, '') : message;
}

function sumUp({ message }: Finding, others: number): string {
  return others === 0 ? once(message) : `${message} (and ${others} more for the same reason)`;
}
