import type { Seen } from './tcp.ts';

/** What was seen, as evidence: lines `word|number of the address|…`, and `end`. */
export function print(seen: Seen[]): string {
  return [
    ...seen.flatMap((each, at) => linesOf(each).map(([word, ...rest]) => [word, at + 1, ...rest].join('|'))),
    'end\n',
  ].join('\n');
}

function linesOf(seen: Seen): (string | number)[][] {
  const { asked, target, tool, method, counts, known, canary, again, open, warnings, rounds, aimed } = seen;
  return [
    ['target', target.address, target.knownPort],
    ['tool', tool, method, rounds],
    ['known', known.state, known.reason],
    ['canary', canary ?? 'none'],
    ['asked', asked],
    ['listeners', aimed ? 'known' : 'unknown'],
    ...Object.entries(counts).map(([state, count]) => ['count', state, count]),
    ...open.map((port) => ['open', port]),
    ...again.map(([port, state]) => ['again', port, state]),
    ...warnings.map((text) => ['warned', text.trim()]),
  ];
}
