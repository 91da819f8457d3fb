import type { Rule, Table } from '../netfilter/index.ts';

/** tailscaled accepts what it has marked itself, which is what came out of the tailnet (tailscale, util/linuxfw). */
export function isOfTailnet({ chain, text }: Rule): boolean {
  return chain === 'ts-forward' && text === '-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT';
}

/** A rule by which others than packets from the tailnet may get its mark; null when there is none. */
export function marksOthers(tables: Iterable<Table>): Rule | null {
  const rules = [...tables].flatMap(({ chains }) => [...chains.values()].flat());
  return rules.find((rule) => rule.target === 'MARK' && !comesFromTailnet(rule) && mayGiveMark(rule)) ?? null;
}

function comesFromTailnet({ tests }: Rule): boolean {
  return tests.some(({ option, values, negated }) => option === '-i' && values[0]!.startsWith('tailscale') && !negated);
}

/** Fixed marks without one of those bits do not; anything else may. */
function mayGiveMark({ targetWords }: Rule): boolean {
  const [option = '', value = ''] = targetWords;
  const [, mark] = /^(0x[0-9a-f]+|\d+)(?:\/.*)?$/.exec(value) ?? [];
  if (!/^--(set-xmark|set-mark|or-mark)$/.test(option) || mark === undefined) return true;
  return (Number(mark) & 0xff0000) !== 0;
}
