import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { parse, type Parsed, type Seen, type Step } from './parse.ts';
import { fileProbe, type FileOptions } from './probes.ts';

const own = ['exists', 'type', 'mode', 'owner', 'group', 'size', 'symlink', 'target', 'acl'];
const gone = /: (No such file or directory|Not a directory)$/;
const denied = /: (Permission denied|Operation not permitted)$/;

/** What the answer says about the path and about the way to it. */
export function readFile(options: FileOptions, answers: Answers): Observation[] {
  const { path, trusted = ['root'] } = options;
  const probe = fileProbe(options).name;
  const label = (fact: string) => (namedByPath.has(fact) ? path : `${fact} of ${path}`);
  const answer = readable(answers, probe);
  const parsed = answer.ok ? parse(answer.stdout) : null;
  if (!parsed) {
    const why = answer.ok ? odd(`${probe} printed something else than expected`) : answer;
    return unknownFacts([...own, 'parents_protected'], label, probe, why);
  }
  return [...itself(path, parsed, label, probe), ...parents(path, trusted, parsed, probe)];
}

/** Facts whose sentence begins with the path. */
const namedByPath = new Set(['exists', 'symlink', 'parents_protected']);

function itself(path: string, parsed: Parsed, label: (fact: string) => string, probe: string): Observation[] {
  const { seen } = parsed;
  if (!seen) return [];
  if ('none' in seen) return notThere(path, seen.none, label, probe);
  const told = (fact: string, value: unknown): Observation => ({
    fact,
    label: label(fact),
    probe,
    state: 'value',
    value,
  });
  const { type, mode, owner, group, size } = seen;
  return [
    told('exists', true),
    ...Object.entries({ type, mode, owner, group, size }).map(([fact, each]) => told(fact, each)),
    ...linkFacts(path, parsed.target, label, probe),
    ...aclFacts(seen, parsed, label, probe),
  ];
}

function notThere(path: string, words: string, label: (fact: string) => string, probe: string): Observation[] {
  if (!gone.test(words)) {
    const code = denied.test(words) ? 'denied' : words.endsWith(' not found') ? 'tool-missing' : 'unparsable';
    return unknownFacts(own, label, probe, { code, message: words });
  }
  const message = `${path} does not exist`;
  return own.map((fact) =>
    fact === 'exists'
      ? { fact, label: path, probe, state: 'value', value: false }
      : { fact, label: label(fact), probe, state: 'absent', message },
  );
}

function linkFacts(
  path: string,
  target: Parsed['target'],
  label: (fact: string) => string,
  probe: string,
): Observation[] {
  if (target === null) return unknownFacts(['symlink', 'target'], label, probe, odd('readlink said nothing'));
  const symlink: Observation = { fact: 'symlink', label: path, probe, state: 'value', value: target !== false };
  const about = { fact: 'target', label: label('target'), probe };
  if (target === false) return [symlink, { ...about, state: 'absent', message: `${path} is not a symbolic link` }];
  return [
    { ...symlink, note: `to ${target}` },
    { ...about, state: 'value', value: target },
  ];
}

/** A link has no ACL of its own: acl(5), and the kernel refuses to set one. */
function aclFacts(seen: Seen, parsed: Parsed, label: (fact: string) => string, probe: string): Observation[] {
  const entries = seen.type === 'symlink' ? [] : parsed.acl;
  if (entries) return [{ fact: 'acl', label: label('acl'), probe, state: 'value', value: entries }];
  const message = 'getfacl is needed to read its ACL';
  return unknownFacts(['acl'], label, probe, { code: 'tool-missing', message });
}

/** One observation for every directory and link, so that each that is open is named. */
function parents(path: string, trusted: string[], parsed: Parsed, probe: string): Observation[] {
  const about = { fact: 'parents_protected', probe };
  const once = [...new Map(parsed.steps.map((step) => [step.path, step])).values()];
  const steps = once.map((step): Observation => ({
    ...about,
    label: step.path,
    where: step.path,
    ...judge(step, trusted),
  }));
  if (parsed.cut || steps.length === 0) {
    const message = `the way to ${path} could not be followed to its end`;
    steps.push({ ...about, label: path, state: 'unknown', code: 'unparsable', message });
  }
  if (parsed.gone !== null) steps.push({ ...about, label: parsed.gone, ...missing(parsed) });
  return steps;
}

function missing({ gone: path, seen }: Parsed) {
  const proven = seen && 'none' in seen && gone.test(seen.none);
  if (proven) return { state: 'absent', message: `there is no directory ${path}` } as const;
  return { state: 'unknown', code: 'unparsable', message: `${path} could not be entered` } as const;
}

/**
 * Who owns a directory can change it, and so can whoever may write to it. In a sticky one only owners can replace what is
 * theirs, see inode(7): what lies in it is looked at by itself. A link's mode means nothing, only its owner does.
 */
function judge({ mode, owner, link }: Step, trusted: string[]) {
  const open = !link && (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
  const note = `owner ${owner}${link ? ', a link' : `, mode ${mode.toString(8).padStart(4, '0')}`}`;
  return { state: 'value', value: !open && trusted.includes(owner), note } as const;
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}
