import type { Observation } from '../../model/observation.ts';
import { observe, unknown, type Told } from '../said.ts';
import { noPairs } from './assets.ts';
import type { RedisOptions } from './options.ts';
import { fill, pairQuestions } from './questions.ts';
import { dryRun, live } from './reply.ts';
import type { Pair, Seen } from './seen.ts';
import { closed } from './server.ts';

/** Facts, the question that each asks, and the key or channel that it is about. */
const asked = {
  other_key: [pairQuestions.otherKey, 'fleet:inbox:$other'],
  other_subscribe: [pairQuestions.otherSubscribe, 'fleet:inbox:$other'],
  other_publish: [pairQuestions.otherPublish, 'fleet:inbox:$other'],
  every_channel: [pairQuestions.everyChannel, '*'],
  own_key: [pairQuestions.ownKey, 'fleet:inbox:$own'],
  own_subscribe: [pairQuestions.ownSubscribe, 'fleet:inbox:$own'],
} as const;
const tried = ['live_other_key', 'live_own_key'] as const;

/** What each pair's user may do with its own inbox and with another's. */
export function readIsolation(options: RedisOptions, probe: string, seen: Seen): Observation[] {
  const why = closed(options, seen) ?? noPairs(seen);
  const facts = [...Object.keys(asked), ...tried];
  if (why)
    return observe(
      probe,
      (fact) => `${fact} of the assets' users`,
      Object.fromEntries(facts.map((fact) => [fact, why])),
    );
  return seen.pairs.flatMap((pair) => [...byDryRun(probe, pair, seen), ...byLogin(probe, pair, seen)]);
}

function byDryRun(probe: string, { user, own, other }: Pair, { session }: Seen): Observation[] {
  const question = (fact: string) => fill(asked[fact as keyof typeof asked][0], own, other);
  const told = Object.entries(asked).map(([fact, [, on]]): [string, Told] => [
    fact,
    dryRun(session!.answers.get(`${user} ${question(fact)}`), fill(on, own, other)),
  ]);
  return observe(probe, (fact) => `${question(fact)} as ${user}`, Object.fromEntries(told));
}

/** A real login says the same of the running server and of the credentials on this host, where those are at hand. */
function byLogin(probe: string, { user, own, other }: Pair, { logins }: Seen): Observation[] {
  const inbox = (fact: string) => (fact === 'live_other_key' ? other : own);
  const told = tried.map((fact): [string, Told] => [fact, tryLogin(user, inbox(fact), logins)]);
  return observe(
    probe,
    (fact) => `reading fleet:inbox:${inbox(fact)} after a login as ${user}`,
    Object.fromEntries(told),
  );
}

function tryLogin(user: string, inbox: string, logins: Seen['logins']): Told {
  if (!logins) return unknown('the logins did not go as they should');
  const login = logins.find((each) => each.user === user && each.inbox === inbox);
  if (login) return live(login.auth, login.reply);
  return {
    state: 'skipped',
    message: `no real login as ${user}: .env has no password that works, or enough others were tried`,
  };
}
