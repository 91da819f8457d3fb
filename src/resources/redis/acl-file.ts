import type { Observation } from '../../model/observation.ts';
import { fileProbe, type FileOptions } from '../file/probes.ts';
import { readFile } from '../file/read.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { drift } from './drift.ts';
import type { RedisOptions } from './options.ts';
import type { Seen } from './seen.ts';
import { closed } from './server.ts';

const seenAs = ['type', 'mode', 'owner', 'acl', 'parents_protected'];

/** The file that Redis reads its users from: who can read it, who can change it, and whether it says what Redis does. */
export function readAclFile(options: RedisOptions, trusted: string[], probe: string, seen: Seen): Observation[] {
  const why = closed(options, seen) ?? noFile(seen);
  const label = (fact: string) => `${fact.replace('file_', '')} of the ACL file`;
  if (why) {
    const facts = [...seenAs.map((fact) => `file_${fact}`), 'file_in_use', 'drift'];
    return observe(probe, label, Object.fromEntries(facts.map((fact) => [fact, why])));
  }
  return [
    ...looks(trusted, probe, seen),
    ...observe(probe, labelOf(seen), { file_in_use: inUse(seen), drift: drift(seen) }),
  ];
}

function noFile({ aclFile }: Seen): Told | null {
  return aclFile ? null : unknown('Redis names no aclfile, or one that is no absolute path');
}

function labelOf({ aclFile }: Seen) {
  return (fact: string) =>
    fact === 'drift' ? `difference between Redis and ${aclFile!.host}` : `the ACL file ${aclFile!.host}`;
}

/** What the resource \`file\` reads, said of this path. Below a container's own root no way leads that the host knows. */
function looks(trusted: string[], probe: string, { aclFile, file, uid }: Seen): Observation[] {
  const { host, how } = aclFile!;
  const options: FileOptions = { path: host, trusted };
  const stdout = file.map((line) => `${line}\n`).join('');
  const answer = { digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 0 } as const;
  const all = readFile(options, { [fileProbe(options).name]: answer }).filter(({ fact }) => seenAs.includes(fact));
  return all
    .map((each): Observation => ({ ...each, fact: `file_${each.fact}`, probe, where: each.where ?? host }))
    .map((each) => (each.fact === 'file_owner' ? withServer(each, uid) : each))
    .map((each) => (how === 'layer' && each.fact === 'file_parents_protected' ? unmounted(each) : each));
}

/** The server's own account has no name on most hosts, and may well own the file: `ACL SAVE` needs that. */
function withServer(each: Observation, uid: Seen['uid']): Observation {
  if (each.state !== 'value' || each.value !== uid?.id) return each;
  return { ...each, value: 'redis', note: `uid ${uid?.id}, as which the server runs` };
}

function unmounted({ fact, label, probe }: Observation): Observation {
  return {
    fact,
    label,
    probe,
    state: 'unknown',
    code: 'unparsable',
    message: 'the file is in no mount, but in the container itself',
  };
}

/** An editor that replaces the file leaves the container with the old one, until it is started again. */
function inUse({ view, aclFile }: Seen): Told {
  if (aclFile!.how === 'layer') return value(true, 'it is in the container itself');
  if (view === null) return unknown('the file could not be compared with what the container sees');
  return value(
    view === 'same',
    view === 'same' ? undefined : 'it was replaced, and the container still has the old one',
  );
}
