import { stringify } from 'yaml';
import type { Automatic } from '../../model/fix.ts';

/** What `run --fix` does for a control, inputs put in: what it may cost, what must hold before, each step as its file has it. */
export function automaticWords({ risk, requires, danger, steps }: Automatic): string {
  return [
    `risk: ${risk}`,
    ...(danger === null ? [] : [`careful: ${danger.trimEnd()}`]),
    ...(requires.length > 0 ? [`only when these hold: ${requires.join(', ')}`] : []),
    stringify({ steps }, { flowCollectionPadding: true, lineWidth: 100 }),
  ].join('\n');
}
