import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { packageProbe } from './probe.ts';

/** Two findings for every name, whatever came back. */
export function readPackages(names: string[], answers: Answers): Observation[] {
  const probe = packageProbe(names).name;
  const answer = readable(answers, probe);
  const lines = answer.ok ? whole(answer.stdout) : null;
  return names.flatMap((name) => {
    const label = (fact: string) => (fact === 'installed' ? name : `version of ${name}`);
    if (lines) return observe(probe, label, tell(name, lines));
    const odd = { code: 'unparsable', message: 'dpkg-query printed something else than expected' } as const;
    return unknownFacts(['installed', 'version'], label, probe, answer.ok ? odd : answer);
  });
}

/** Its lines, when it ran to its end: 0 for all known, 1 for some unknown (dpkg-query(1)); 2 is an error of its own. */
function whole(stdout: string): string[] | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || !/^end\|[01]$/.test(lines.pop() ?? '')) return null;
  const known = /^([a-z0-9][a-z0-9+.-]+\|[a-z][a-zA-Z][ R]\||dpkg-query: no packages found matching )/;
  return lines.every((line) => known.test(line)) ? lines : null;
}

function tell(name: string, lines: string[]): Record<string, Told> {
  const states = lines.map((line) => line.split('|')).filter(([each]) => each === name);
  if (states.length === 0 && !lines.includes(`dpkg-query: no packages found matching ${name}`)) {
    const silent = unknown('dpkg-query did not speak of it');
    return { installed: silent, version: silent };
  }
  const installed = states.find(([, state]) => /^.i $/.test(state!));
  if (installed) return { installed: value(true, installed[2]), version: value(installed[2]) };
  const left = states.map(([, state]) => words[state![1]!] ?? `in state ${state}`).join(', ');
  return { installed: value(false, left), version: absent(`${name} is not installed`) };
}

/** Second letter of the status: the state that the package is in (dpkg-query(1)). */
const words: Record<string, string> = {
  n: 'known by name only',
  c: 'removed, its configuration is still there',
  H: 'half installed',
  U: 'unpacked but not configured',
  F: 'its configuration failed half-way',
  W: 'waiting for triggers of other packages',
  t: 'its triggers have not run yet',
  i: 'installed, but broken: it has to be installed again',
};
