import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { configLines, type ConfigLine } from './config.ts';
import { keywords } from './keywords.ts';
import { readLines, type Lines } from './lines.ts';
import { parse } from './parse.ts';
import { readPorts } from './ports.ts';
import { effectiveProbe } from './probes.ts';
import { whyRefused, type Seen } from './seen.ts';
import { readValid } from './valid.ts';
import { readKeyword } from './values.ts';

const probe = effectiveProbe.name;
const judged = [...Object.keys(keywords), 'Port', 'complete'];

/** What the answer says about every fact. */
export function readSshd(lines: Lines | undefined, answers: Answers): Observation[] {
  const seen = seenIn(answers);
  if ('ok' in seen) return unknowns([...judged, 'valid'], seen);
  return [...readConfig(lines, seen), ...readValid(seen), ...unsaid([...judged, 'valid'], seen)];
}

/** The answer as it was understood, or why it says nothing: also for what is told of the same files elsewhere. */
export function seenIn(answers: Answers): Seen | Unreadable {
  const answer = readable(answers, probe);
  if (!answer.ok) return answer;
  return parse(answer.stdout) ?? odd(`${probe} printed something else than expected`);
}

/** Why not every file that sshd would read is known; null when all are. Behind a mistake nobody knows what follows. */
export function incomplete(seen: Seen): Unreadable | null {
  const first = [...seen.readings.keys()].map((options) => seen.logins.find((login) => login.options === options)!);
  const refused = first.find((login) => login.code !== 0);
  if (refused) return odd(whyRefused(refused));
  const unread = [...seen.files].find(([, lines]) => lines === null);
  if (unread) return odd(`${unread[0]} could not be read`);
  return configLines(seen) ? null : odd('sshd did not say which files it reads');
}

/** An sshd whose command line could not be read may have been told anything on it. */
export function unsaid(facts: string[], { unclear }: Seen): Observation[] {
  return unclear.flatMap(({ who, command }) =>
    unknowns(facts, {
      ok: false,
      code: 'needs-person',
      message: `the options of ${who} could not be told: ${command}`,
    }),
  );
}

export function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}

function readConfig(lines: Lines | undefined, seen: Seen): Observation[] {
  const why = incomplete(seen);
  if (why) return unknowns(judged, why);
  const config = configLines(seen)!;
  const read = { fact: 'complete', label: 'the configuration of sshd', probe };
  return [...observations(lines, seen, config), { ...read, state: 'value', value: true }];
}

function observations(lines: Lines | undefined, seen: Seen, config: ConfigLine[]): Observation[] {
  if (lines) return readLines(lines, seen, config);
  return [
    ...Object.keys(keywords).flatMap((keyword) => readKeyword(keyword, seen, config)),
    ...readPorts(seen, config),
  ];
}

function unknowns(facts: string[], why: Unreadable): Observation[] {
  return unknownFacts(facts, (fact) => `${fact} of sshd`, probe, why);
}
