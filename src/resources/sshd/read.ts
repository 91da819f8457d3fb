import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { configLines } from './config.ts';
import { keywords } from './keywords.ts';
import { parse } from './parse.ts';
import { readPorts } from './ports.ts';
import { effectiveProbe } from './probes.ts';
import type { Seen } from './seen.ts';
import { readSettings } from './settings.ts';
import { readValid } from './valid.ts';
import { readKeyword } from './values.ts';

const probe = effectiveProbe.name;
const judged = [...Object.keys(keywords), 'Port', 'settings'];

/** What the answer says about every fact. */
export function readSshd(answers: Answers): Observation[] {
  const seen = seenIn(answers);
  if ('ok' in seen) return unknowns([...judged, 'valid'], seen);
  const config = configLines(seen);
  const valid = readValid(seen);
  if (!config) return [...unknowns(judged, odd(whyNoConfig(seen))), ...valid, ...unsaid(['valid'], seen)];
  return [
    ...Object.keys(keywords).flatMap((keyword) => readKeyword(keyword, seen, config)),
    ...readPorts(seen, config),
    ...readSettings(seen, config),
    ...valid,
    ...unsaid([...judged, 'valid'], seen),
  ];
}

/** The answer as it was understood, or why it says nothing: also for what is told of the same files elsewhere. */
export function seenIn(answers: Answers): Seen | Unreadable {
  const answer = readable(answers, probe);
  if (!answer.ok) return answer;
  return parse(answer.stdout) ?? odd(`${probe} printed something else than expected`);
}

export function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
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

function whyNoConfig(seen: Seen): string {
  const refused = seen.logins.find((login) => login.code !== 0);
  if (refused) return refused.said[0] ?? `sshd -T ended with ${refused.code}`;
  const unread = [...seen.files].find(([, lines]) => lines === null);
  return unread ? `${unread[0]} could not be read` : 'sshd did not say which files it reads';
}

function unknowns(facts: string[], why: Unreadable): Observation[] {
  return unknownFacts(facts, (fact) => fact, probe, why);
}
