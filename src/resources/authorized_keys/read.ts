import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { keyRecord, waysIn } from './keys.ts';
import { parseFiles, words, type Entry, type KeyFile, type Seen } from './parse.ts';
import { keysProbe } from './probe.ts';

interface Options {
  user: string;
  expected?: string[];
}

const facts = ['files', 'strict', 'keys', 'ways_in', 'garbage', 'as_expected', 'elsewhere'];

/** What lets in as this account. */
export function readKeys({ user, expected = [] }: Options, answers: Answers): Observation[] {
  const probe = keysProbe(user).name;
  const answer = said(answers, probe, words);
  if (!answer.ok) return unknownFacts(facts, labels(user), probe, answer);
  const why = unreadable(user, answer.said);
  if (why) return observe(probe, labels(user), Object.fromEntries(facts.map((fact) => [fact, why])));
  const [uid, gid] = one(answer.said.account)!.split('|');
  const files = parseFiles({ user, uid: uid!, gid: gid! }, answer.said);
  const elsewhere = fromElsewhere(answer.said, typeof files === 'string' ? [] : files);
  if (typeof files === 'string') {
    const told = Object.fromEntries(facts.map((fact) => [fact, fact === 'elsewhere' ? elsewhere : unknown(files)]));
    return observe(probe, labels(user), told);
  }
  const now = one(answer.said.now) ?? '';
  return [
    ...observe(probe, labels(user), {
      files: value(files.filter((each) => each.stat || each.link !== null).map(fileRecord)),
      ...keyFacts(files, now),
      elsewhere,
    }),
    ...strictness(files, probe, user),
    ...comparison(
      files.flatMap((each) => each.entries),
      expected,
      probe,
      user,
    ),
  ];
}

function labels(user: string): (fact: string) => string {
  const names: Record<string, string> = {
    files: `files with keys of ${user}`,
    strict: `every file with keys of ${user}`,
    keys: `keys of ${user}`,
    ways_in: `number of keys that give ${user} a shell`,
    garbage: `number of unusable lines among the keys of ${user}`,
    as_expected: `every key of ${user}`,
    elsewhere: `keys of ${user}`,
  };
  return (fact) => names[fact]!;
}

/** Why nothing can be told: no such account, or sshd did not say which files it reads. */
function unreadable(user: string, { code, account, unclear, conf, failed, odd }: Seen): Told | null {
  if (one(code) === '2') return absent(`there is no account ${user}`);
  if (one(code) !== '0' || !/^\d+\|\d+\|\//.test(one(account) ?? ''))
    return unknown(`getent did not tell the account ${user}`);
  if (failed.length) return unknown(`sshd says: ${failed[0]}`);
  if (unclear.length) return unknown(`the options of a running sshd could not be read: ${unclear[0]}`);
  if (odd.length) return unknown(`AuthorizedKeysFile has a token that is not known here: ${odd[0]}`);
  return conf.some((line) => line.startsWith('authorizedkeysfile '))
    ? null
    : unknown('sshd did not name AuthorizedKeysFile');
}

function fromElsewhere({ conf }: Seen, files: KeyFile[]): Told {
  const sources = ['authorizedkeyscommand', 'trustedusercakeys'].flatMap((key) =>
    conf.filter((line) => line.startsWith(`${key} `) && line !== `${key} none`),
  );
  const asked = ['authorizedkeyscommand', 'trustedusercakeys'].every((key) =>
    conf.some((line) => line.startsWith(`${key} `)),
  );
  const entries = files.flatMap((each) => each.entries);
  sources.push(
    ...entries
      .filter((each) => each.options.includes('cert-authority'))
      .map((each) => `cert-authority in ${each.where}`),
  );
  if (sources.length) return value(true, sources.join(', '));
  return asked ? value(false) : unknown('sshd did not name AuthorizedKeysCommand and TrustedUserCAKeys');
}

function fileRecord({ path, stat, link }: KeyFile): Record<string, unknown> {
  return { name: path, ...(stat ?? { type: 'broken link' }), link: link !== null };
}

function keyFacts(files: KeyFile[], now: string): Record<string, Told> {
  const entries = files.flatMap((each) => each.entries);
  const bad = entries.filter((each) => !each.key).map((each) => each.where);
  const usable = waysIn(files, now);
  return {
    keys: value(entries.filter((each) => each.key).map(keyRecord)),
    ways_in: value(usable.length, usable.map((each) => each.where).join(', ')),
    garbage: value(bad.length, bad.join(', ')),
  };
}

/** One finding for every file, so that each that is open is named. */
function strictness(files: KeyFile[], probe: string, user: string): Observation[] {
  const there = files.filter((each) => each.stat);
  if (there.length === 0)
    return observe(probe, labels(user), { strict: absent(`there is no file with keys of ${user}`) });
  return there.flatMap((each) =>
    observe(probe, () => each.path, { strict: value(each.strict, each.open ?? undefined) }),
  );
}

/** One finding for every key, and for every expected one that is not there. */
function comparison(entries: Entry[], expected: string[], probe: string, user: string): Observation[] {
  const label = labels(user);
  if (expected.length === 0) {
    const message = `no fingerprints are listed, so any key of ${user} is as expected`;
    return observe(probe, label, { as_expected: { state: 'skipped', message } });
  }
  const keys = entries.flatMap((each) => (each.key ? [{ ...each.key, where: each.where }] : []));
  const seen = keys.map((each) =>
    observe(probe, () => `key ${each.fingerprint} (${each.comment})`, {
      as_expected: value(expected.includes(each.fingerprint), `in ${each.where}`, each.where),
    }),
  );
  const missing = expected.filter((each) => !keys.some((key) => key.fingerprint === each));
  const gone = missing.map((each) =>
    observe(probe, () => `key ${each}`, { as_expected: value(false, 'it is not there') }),
  );
  return [...seen, ...gone].flat();
}
