import { combine } from './combine.ts';
import { onEmpty } from './empty.ts';
import type { Expectation, Known } from './known.ts';
import type { Fact, Match, Outcome } from './types.ts';
import { sentence } from './words.ts';

type Row = Record<string, unknown>;
type Matcher = (fact: Fact, expectation: Expectation, known: Known) => Match;

/**
 * `every` and `none` over a list of records, `count` of them; `where` narrows the list first. A field that a record does
 * not have is proven absent in it. An empty (narrowed) list is unknown unless `when_empty` says what it means, and so is
 * a record of which the filter cannot tell. `match` is handed in: expectations of records hold expectations again.
 */
export function matchRecords(
  match: Matcher,
  fact: Fact,
  name: string,
  wanted: unknown,
  value: unknown,
  map: Row,
): Match {
  const filtered = (value as Row[]).map((row) => ({ row, kept: keeps(match, fact, (map.where ?? {}) as Row, row) }));
  const rows = filtered.filter((each) => each.kept === 'pass').map((each) => each.row);
  const verdict = judgeRows(match, fact, name, wanted, rows, map);
  const undecided = filtered.some((each) => each.kept === 'unknown');
  return undecided && verdict.outcome !== 'fail' ? { outcome: 'unknown', code: 'unparsable' } : verdict;
}

function keeps(match: Matcher, fact: Fact, where: Row, row: Row): Outcome {
  return Object.keys(where).length === 0 ? 'pass' : rowMatch(match, fact, where, row, 'unknown').outcome;
}

function judgeRows(match: Matcher, fact: Fact, name: string, wanted: unknown, rows: Row[], map: Row): Match {
  if (name === 'count') {
    return match({ kind: 'number', description: '' }, wanted, { absent: false, value: rows.length });
  }
  if (rows.length === 0) return onEmpty(map);
  if (name === 'every') return combine(rows.map((row) => rowMatch(match, fact, wanted as Row, row, 'absent')));
  return combine(rows.map((row) => forbid(rowMatch(match, fact, wanted as Row, row, 'unknown'), row)));
}

function forbid(inner: Match, row: Row): Match {
  if (inner.outcome === 'fail') return { outcome: 'pass', code: 'equal' };
  if (inner.outcome !== 'pass') return inner;
  return { outcome: 'fail', code: 'forbidden', detail: showRow(row) };
}

/** `missing` says what a field means that the record lacks: where a mismatch helps the record, it must stay unknown. */
function rowMatch(match: Matcher, fact: Fact, wanted: Row, row: Row, missing: 'absent' | 'unknown'): Match {
  return combine(
    Object.entries(wanted).map(([field, expectation]) => {
      if (missing === 'unknown' && row[field] === undefined) return { outcome: 'unknown', code: 'absent' };
      const known: Known = row[field] === undefined ? { absent: true } : { absent: false, value: row[field] };
      const result = match(fact.fields![field]!, expectation, known);
      if (result.outcome === 'pass') return result;
      return { ...result, detail: `${showRow(row)}: ${sentence(fact.fields![field]!, field, expectation, known)}` };
    }),
  );
}

function showRow(row: Row): string {
  return typeof row.name === 'string' ? row.name : JSON.stringify(row);
}
