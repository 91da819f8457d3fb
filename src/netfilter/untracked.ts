import type { Table } from './parse.ts';
import type { Rule, Test } from './rule.ts';

/**
 * The table with its questions for a connection's state marked, where a table raw exempts packets from outside from tracking: to such a packet
 * a rule for what is NEW does nothing.
 */
export function withUntracked(table: Table, raw: Table[]): Table {
  const exempts = raw.flatMap(({ chains }) => [...chains.values()].flat()).some(isExemption);
  if (!exempts) return table;
  const marked = [...table.chains].map(([name, rules]) => [name, rules.map(markStates)] as const);
  return { policies: table.policies, chains: new Map(marked) };
}

/** What OUTPUT or loopback exempts never comes from outside. */
function isExemption({ chain, target, targetWords, tests }: Rule): boolean {
  const exempts = target === 'NOTRACK' || (target === 'CT' && targetWords.includes('--notrack'));
  const isOwn = tests.some(({ option, values, negated }) => option === '-i' && values[0] === 'lo' && !negated);
  return exempts && !isOwn && chain !== 'OUTPUT';
}

function markStates(rule: Rule): Rule {
  return { ...rule, tests: rule.tests.map((test) => (asksForState(test) ? { ...test, untracked: true } : test)) };
}

export function asksForState({ option }: Test): boolean {
  return option === '--ctstate' || option === '--state';
}
