export interface Range {
  from: number;
  to: number;
}

const options = /--(?:dports?|destination-ports?|ports)[ =](\S+)/g;

/**
 * All 65536 ports in as few ranges as these rules tell apart: a rule takes either all ports of a range or none. So a walk
 * for one port of each range is a walk for every port.
 */
export function portClasses(rules: string[]): Range[] {
  const starts = new Set([0]);
  for (const rule of rules) {
    for (const [, list] of rule.matchAll(options)) {
      for (const { from, to } of list!.split(',').map(rangeOf)) {
        starts.add(from);
        if (to < 65535) starts.add(to + 1);
      }
    }
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? 65536) - 1 }));
}

/** As people write it: 22, 8000-8100. */
export function showRange({ from, to }: Range): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** `22`, `8000:8100`, `:1023`, `1024:`. A name tells nothing apart; the walk then answers "maybe" for every port. */
function rangeOf(text: string): Range {
  const match = /^(\d*)(?:(:)(\d*))?$/.exec(text);
  if (!match || text === '') return { from: 0, to: 65535 };
  const from = Math.min(Number(match[1] || 0), 65535);
  return { from, to: match[2] ? Math.min(Number(match[3] || 65535), 65535) : from };
}
