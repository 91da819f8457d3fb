import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { effectiveProbe } from '../sshd/probes.ts';
import { incomplete, odd, seenIn, unsaid } from '../sshd/read.ts';
import type { Seen, Stat } from '../sshd/seen.ts';

const probe = effectiveProbe.name;
const facts = ['owner', 'group', 'mode'] as const;
const kinds: Record<string, string[]> = {
  config: ['file'],
  directories: ['dir', 'included', 'link'],
  host_keys: ['key'],
};

/** One observation of every fact for each file of the kind, as sshd's own trace and `sshd -T` name them. */
export function readFiles(which: string, answers: Answers): Observation[] {
  const seen = seenIn(answers);
  if ('ok' in seen) return unknowns(which, seen);
  const why = incomplete(seen);
  const here = seen.stats.filter((each) => kinds[which]!.includes(each.kind));
  const once = [...new Map(here.map((each) => [each.path, each])).values()];
  return [
    ...once.flatMap(observe),
    ...unseen(which, seen),
    ...(why ? unknowns(which, why) : []),
    ...(once.length ? [] : unknowns(which, odd('sshd did not say which it uses'))),
    ...unsaid([...facts], seen),
  ];
}

function observe(stat: Stat): Observation[] {
  // A link's own mode says nothing: who may re-point it is a matter of its directory, and of its owner where that is sticky.
  const telling = stat.kind === 'link' ? facts.filter((fact) => fact !== 'mode') : facts;
  return telling.map((fact) => ({
    fact,
    label: `${fact} of ${stat.path}`,
    probe,
    where: stat.path,
    state: 'value',
    value: stat[fact],
  }));
}

/** A host key that is not there is none, and a directory that is not there is made by whoever may write above it, which is looked at. */
function unseen(which: string, { nostats }: Seen): Observation[] {
  return nostats
    .filter(({ kind }) => kinds[which]!.includes(kind))
    .filter(({ kind, why }) => kind === 'file' || why !== 'No such file or directory')
    .flatMap(({ path, why }) => unknownFacts([...facts], (fact) => `${fact} of ${path}`, probe, odd(why)));
}

function unknowns(which: string, why: Unreadable): Observation[] {
  return unknownFacts([...facts], (fact) => `${fact} of the ${which.replace('_', ' ')} of sshd`, probe, why);
}
