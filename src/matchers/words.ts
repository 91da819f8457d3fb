import { isMap, type Expectation, type Known } from './known.ts';
import type { Fact } from './types.ts';
import { show } from './value.ts';

/** "PermitRootLogin is yes (set by …), expected no": the state of one fact and what was wanted, for a person. */
export function sentence(fact: Fact, label: string, expectation: Expectation, known: Known, note = ''): string {
  return `${state(fact, label, known, note)}, expected ${describe(fact, expectation)}`;
}

/** What is the case: "mode of /etc/shadow is 0644", "ssh.service is not enabled". */
export function state(fact: Fact, label: string, known: Known, note = ''): string {
  return `${label}${predicate(fact, known)}${note && ` (${note})`}`;
}

function predicate(fact: Fact, known: Known): string {
  if (known.absent) return ' is not set';
  if (fact.says && typeof known.value === 'boolean') return ` ${fact.says[known.value ? 0 : 1]}`;
  if (fact.kind === 'records') return `: ${(known.value as unknown[]).length} found`;
  return ` is ${show(fact, known.value)}`;
}

/** An expectation in words that follow "expected". */
export function describe(fact: Fact, expectation: Expectation): string {
  if (isMap(expectation)) {
    const parts = Object.entries(expectation).map(([name, wanted]) => describeEntry(fact, name, wanted));
    return parts.filter(Boolean).join(' and ');
  }
  if (fact.says && typeof expectation === 'boolean') return `that it ${fact.says[expectation ? 0 : 1]}`;
  return show(fact, expectation);
}

function describeEntry(fact: Fact, name: string, wanted: unknown): string {
  switch (name) {
    case 'absent':
      return wanted ? 'it not to be set' : 'it to be set';
    case 'not':
      return `not ${describe(fact, wanted)}`;
    case 'any_of':
      return (wanted as Expectation[]).map((each) => describe(fact, each)).join(', or ');
    case 'count':
      return `a count of ${describe({ kind: 'number', description: '' }, wanted)}`;
    case 'where':
      return `(where ${describeRow(fact, wanted)})`;
    case 'every':
      return `every one with ${describeRow(fact, wanted)}`;
    case 'none':
      return `none with ${describeRow(fact, wanted)}`;
    case 'when_empty':
      return '';
    default:
      return `${phrases[name] ?? name} ${show(fact, wanted)}`;
  }
}

const phrases: Record<string, string> = {
  one_of: 'one of',
  at_least: 'at least',
  at_most: 'at most',
  no_more_than: 'no more than',
  matches: 'a match for',
  includes: 'to include',
  only: 'exactly',
  within: 'nothing beyond',
  in_network: 'an address in',
};

function describeRow(fact: Fact, wanted: unknown): string {
  return Object.entries(wanted as Record<string, unknown>)
    .map(([field, expectation]) => `${field} ${describe(fact.fields![field]!, expectation)}`)
    .join(' and ');
}
