import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { readSources, type Entry } from './entries.ts';
import { keyringsIn, type Keyring } from './keyrings.ts';
import { fingerprints } from './openpgp.ts';

const facts = ['configured', 'https', 'own_suite', 'signed', 'consistent', 'fingerprints', 'key_protected'];

/** One finding of each kind for every source on that host. */
export function readRepo(host: string, probe: string, answers: Answers): Observation[] {
  const label = () => `${host} in apt's sources`;
  const answer = said(answers, probe, ['codename', 'source', 'line', 'keyring', 'data', 'nokeyring']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  const stdout = answers[probe]!.stdout;
  const entries = readSources(filesIn(stdout))?.filter(({ uri }) => isOn(host, uri));
  const keyrings = keyringsIn(stdout);
  if (!entries || !keyrings)
    return unknownFacts(facts, label, probe, {
      code: 'unparsable',
      message: 'a source of apt or a keyring could not be read',
    });
  if (entries.length === 0) return observe(probe, label, none(host));
  const codename = one(answer.said.codename) ?? '';
  return [
    ...observe(probe, label, {
      configured: value(true, entries.map(({ where }) => where).join(', ')),
      consistent: consistent(entries),
    }),
    ...entries.flatMap((each) => observe(probe, () => `${each.uri} (${each.where})`, tell(each, codename, keyrings))),
  ];
}

/** In the order printed: a file's lines behind its name. */
function filesIn(stdout: string): { file: string; text: string[] }[] {
  const files: { file: string; text: string[] }[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('source|')) files.push({ file: line.slice(7), text: [] });
    else if (line.startsWith('line|')) files.at(-1)?.text.push(line.slice(5));
  }
  return files;
}

function isOn(host: string, uri: string): boolean {
  const [, found] = /^[a-z+]+:\/\/(?:[^/@]*@)?([^/:]+)/i.exec(uri) ?? [];
  return found?.toLowerCase() === host.toLowerCase();
}

function none(host: string): Record<string, Told> {
  const gone = absent(`no source of apt is on ${host}`);
  return { ...Object.fromEntries(facts.map((fact) => [fact, gone])), configured: value(false) };
}

function consistent(entries: Entry[]): Told {
  const keys = [...new Set(entries.map(({ signedBy }) => signedBy.join(' ') || 'none'))];
  return value(keys.length === 1, keys.map((each) => each.split('\n')[0]).join('; '));
}

function tell(entry: Entry, codename: string, keyrings: Map<string, Keyring>): Record<string, Told> {
  const { uri, suites, signedBy, insecure, where } = entry;
  const foreign = suites.filter((suite) => suite !== codename);
  const known = signedBy.map((each) => keyOf(each, keyrings));
  return {
    https: value(/^https:\/\//i.test(uri), undefined, where),
    own_suite:
      codename && suites.length > 0
        ? value(foreign.length === 0, `${suites.join(' ')} on ${codename}`, where)
        : unknown('the code name of the release could not be told'),
    signed: signed(insecure, signedBy, where),
    fingerprints: keysOf(known),
    key_protected: guarded(known, where),
  };
}

function signed(insecure: string | null, signedBy: string[], where: string): Told {
  if (insecure) return value(false, `${insecure} lets apt believe it unsigned`, where);
  return value(
    signedBy.length > 0,
    signedBy.length > 0 ? 'it names its key' : 'no Signed-By: every key of apt will do',
    where,
  );
}

type Key = Keyring | { path: string; why: string };

/** A key that stands in the source itself is as safe as the source. */
function keyOf(word: string, keyrings: Map<string, Keyring>): Key {
  if (word.includes('BEGIN PGP'))
    return {
      path: 'the source itself',
      mode: 0o644,
      owner: 'root',
      dir: { mode: 0o755, owner: 'root' },
      data: Buffer.from(word),
    };
  return keyrings.get(word) ?? { path: word, why: word.startsWith('/') ? 'is not there' : 'is no path' };
}

function keysOf(keys: Key[]): Told {
  if (keys.length === 0) return absent('it names no key');
  const missing = keys.find((each) => 'why' in each);
  if (missing) return unknown(`the key ${missing.path} ${missing.why}`);
  const found = keys.map((each) => fingerprints((each as Keyring).data));
  if (found.some((each) => each === null)) return unknown('its keyring is of no known form');
  return value([...new Set(found.flatMap((each) => each!))].toSorted(), keys.map(({ path }) => path).join(', '));
}

function guarded(keys: Key[], where: string): Told {
  if (keys.length === 0) return absent('it names no key');
  const bad = keys.map(fault).find((each) => each !== null);
  return bad ? value(false, bad, where) : value(true, keys.map(({ path }) => path).join(', '), where);
}

/** apt checks signatures as an account of its own, `_apt`, which has to read the key. */
function fault(key: Key): string | null {
  if ('why' in key) return `${key.path} ${key.why}`;
  if (key.owner !== 'root' || key.dir.owner !== 'root') return `${key.path} or its directory does not belong to root`;
  if ((key.mode & 0o022) !== 0 || (key.dir.mode & 0o022) !== 0)
    return `others than root may write ${key.path} or its directory`;
  return (key.mode & 0o004) === 0 || (key.dir.mode & 0o001) === 0 ? `apt's own account can't read ${key.path}` : null;
}
