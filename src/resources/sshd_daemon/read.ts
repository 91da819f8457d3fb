import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { odd, seenIn } from '../sshd/read.ts';
import { readBoot } from './boot.ts';
import { readCurrent } from './current.ts';
import { parse, type Daemon } from './parse.ts';
import { readSockets } from './sockets.ts';
import { daemonProbe } from './probes.ts';

/** What the answers say about every fact. */
export function readDaemon(answers: Answers): Observation[] {
  const daemon = daemonIn(answers);
  if ('ok' in daemon) {
    const facts = ['running', 'current', 'starts_at_boot', 'listens_on'];
    return unknownFacts(facts, (fact) => `${fact} of sshd`, daemonProbe.name, daemon);
  }
  return [...readBoot(daemon), ...readCurrent(daemon, seenIn(answers)), ...readSockets(daemon)];
}

function daemonIn(answers: Answers): Daemon | Unreadable {
  const answer = readable(answers, daemonProbe.name);
  if (!answer.ok) return answer;
  return parse(answer.stdout) ?? odd(`${daemonProbe.name} printed something else than expected`);
}
