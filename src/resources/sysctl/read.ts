import type { Observation } from '../../model/observation.ts';
import { readable, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { defaults, largest } from './defaults.ts';
import { normalizeKey } from './keys.ts';
import { winner, type Assignment } from './merge.ts';
import { numberIn } from './number.ts';
import { parsePersisted, type Persisted } from './parse.ts';
import { liveProbe, persistedProbe } from './probes.ts';

interface Options {
  key: string;
  column?: number;
}

/** What is known of one fact, before it has a name. */
type Told =
  | { state: 'value'; value: number; note?: string; where?: string }
  | { state: 'absent'; message: string; where?: string }
  | { state: 'unknown'; code: Unreadable['code']; message: string; where?: string };

/** What the kernel has now, what is persisted, and what follows from both for the next boot. */
export function readSysctl(options: Options, answers: Answers): Observation[] {
  const { key } = options;
  const live = liveProbe(key).name;
  const persisted = readPersisted(options, answers);
  const after = persisted.state === 'absent' ? readDefault(options, answers) : persisted;
  return [
    { fact: 'current', label: key, probe: live, ...readLive(options, answers, 'now') },
    { fact: 'persisted', label: `persisted ${key}`, probe: persistedProbe.name, ...persisted },
    {
      fact: 'after_reboot',
      label: `${key} after a reboot`,
      probe: persisted.state === 'absent' ? live : persistedProbe.name,
      ...after,
    },
  ];
}

function readLive({ key, column }: Options, answers: Answers, word: 'now' | 'fresh'): Told {
  const probe = liveProbe(key).name;
  const answer = readable(answers, probe);
  if (!answer.ok) return unknown(answer.code, answer.message);
  const lines = answer.stdout.endsWith('\nend\n') ? answer.stdout.split('\n') : [];
  const said = (head: string) => lines.find((line) => line.startsWith(`${head}|`))?.slice(head.length + 1);
  const text = said(word);
  if (text !== undefined) return toNumber(text, column, key);
  const why = said(`no-${word}`) ?? `${probe} printed something else than expected`;
  const gone = word === 'now' && why.endsWith(': No such file or directory');
  return gone ? { state: 'absent', message: `this kernel has no ${key}` } : unknown(codeOf(why), why);
}

function codeOf(words: string): Unreadable['code'] {
  if (/: (Permission denied|Operation not permitted)$/.test(words)) return 'denied';
  return words.endsWith('not found') ? 'tool-missing' : 'unparsable';
}

function toNumber(text: string, column: number | undefined, what: string): Told {
  const read = numberIn(text, column);
  if ('problem' in read) return unknown('unparsable', `${what} ${read.problem}`);
  return { state: 'value', ...read };
}

function readPersisted({ key, column }: Options, answers: Answers): Told {
  const answer = readable(answers, persistedProbe.name);
  if (!answer.ok) return unknown(answer.code, answer.message);
  const parsed = parsePersisted(answer.stdout);
  if (!parsed)
    return unknown(
      'unparsable',
      'what this host applies at boot could not be read, or systemd-sysctl.service is not as it is shipped',
    );
  const found = lastOf(parsed, normalizeKey(key));
  if (found === null) return { state: 'absent', message: `nothing assigns ${key} at boot` };
  if (found === 'unclear') return unknown('unparsable', `whether a pattern or UFW assigns ${key} could not be told`);
  const told = toNumber(found.value!, column, `"${found.value}" in ${found.where}`);
  return told.state === 'value'
    ? { ...told, note: join(told.note, `set by ${found.where}`), where: found.where }
    : { ...told, where: found.where };
}

/** The kernel reads its command line first, systemd-sysctl runs early, UFW starts later and writes over both. */
function lastOf(parsed: Persisted, key: string): Assignment | null | 'unclear' {
  const late = winner(parsed.ufw, key);
  if (late && parsed.ufwStarts === null) return 'unclear';
  if (late && parsed.ufwStarts) return late;
  return winner(parsed.systemd, key) ?? winner(parsed.kernel, key);
}

/** Only for parameters whose default is known: a guess would let a value pass that somebody set by hand. */
function readDefault(options: Options, answers: Answers): Told {
  const known = defaults[normalizeKey(options.key)];
  const note = "the kernel's default, as nothing sets it";
  if (typeof known === 'number') return { state: 'value', value: known, note };
  const told = readLive(options, answers, known === 'fresh-namespace' ? 'fresh' : 'now');
  if (known === 'fresh-namespace') return told.state === 'value' ? { ...told, note: join(told.note, note) } : told;
  if (known === 'raised-by-systemd' && told.state === 'value' && told.note?.includes(largest)) {
    return { ...told, note: join(told.note, 'raised by systemd at boot, as nothing else sets it') };
  }
  return unknown('needs-person', `nothing sets ${options.key} at boot, and its default is not known here`);
}

function join(...notes: (string | undefined)[]): string {
  return notes.filter(Boolean).join(', ');
}

function unknown(code: Unreadable['code'], message: string): Told {
  return { state: 'unknown', code, message };
}
