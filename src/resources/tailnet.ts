import type { Rule, Table } from '../netfilter/index.ts';

/** tailscaled accepts what it has marked itself, which is what came out of the tailnet (tailscale, util/linuxfw). */
export function isOfTailnet({ chain, text }: Rule): boolean {
  return chain === 'ts-forward' && text === '-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT';
}

/** A rule by which others than packets from the tailnet may get its mark; null when there is none. */
export function marksOthers(tables: Iterable<Table>): Rule | null {
  const rules = [...tables].flatMap(({ chains }) => [...chains.values()].flat());
  return rules.find((rule) => writesMark(rule) && !comesFromTailnet(rule) && mayGiveMark(rule)) ?? null;
}

/** Targets that write the mark of a packet, or of its connection (iptables-extensions(8)). */
const writers = new Set(['MARK', 'CONNMARK', 'HMARK', 'TPROXY']);

function writesMark({ target, targetWords }: Rule): boolean {
  return (target !== null && writers.has(target)) || (target === 'SET' && targetWords.includes('--map-mark'));
}

function comesFromTailnet({ tests }: Rule): boolean {
  return tests.some(({ option, values, negated }) => option === '-i' && values[0]!.startsWith('tailscale') && !negated);
}

/** Fixed marks without one of those bits do not, nor does handing a mark on as it is; anything else may. */
function mayGiveMark({ target, targetWords }: Rule): boolean {
  if (targetWords.some((word) => word.includes('shift'))) return true;
  if (target === 'CONNMARK' && /^--(save|restore)-mark$/.test(targetWords[0] ?? '')) return false;
  const at = targetWords.findIndex((word) => /^--(set-xmark|set-mark|or-mark|tproxy-mark)$/.test(word));
  const [, mark] = /^(0x[0-9a-f]+|\d+)(?:\/.*)?$/.exec(targetWords[at + 1] ?? '') ?? [];
  return at < 0 || mark === undefined || (Number(mark) & 0xff0000) !== 0;
}
