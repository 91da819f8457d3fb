import type { Observation } from '../../model/observation.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import type { Container } from './container.ts';
import type { Seen } from './seen.ts';

/** Which Redis user each agent's environment names, and whose passwords lie in it. */
export function readAgents(probe: string, { containers, docker }: Seen): Observation[] {
  // One of the fleet without an asset has no user of its own, so it may name none.
  const agents = containers.filter(
    ({ asset, managed, urls, passwords }) =>
      asset !== '' || (managed !== '' && Object.keys({ ...urls, ...passwords }).length > 0),
  );
  const label = (fact: string, name: string) =>
    fact === 'own_credentials' ? `agent ${name}` : `passwords of other users in the environment of ${name}`;
  if (agents.length === 0) {
    const none = unknown(docker === 'ok' ? 'no container has the label fleetclaw.asset_id' : `docker ${docker}`);
    return observe(probe, (fact) => label(fact, 'each agent'), { own_credentials: none, foreign_passwords: none });
  }
  return agents.flatMap((agent) =>
    observe(probe, (fact) => label(fact, agent.name), {
      own_credentials: credentials(agent),
      foreign_passwords: value(foreign(agent)),
    }),
  );
}

function credentials(agent: Container): Told {
  const users = Object.entries(agent.urls);
  if (users.length === 0) return unknown('no variable in its environment holds the URL of a Redis');
  const user = userOf(agent);
  const wrong = users.filter(([, each]) => each !== user);
  const said = (list: typeof users) =>
    list.map(([key, each]) => `${key} names ${each === '?' ? 'somebody else' : `user ${each}`}`);
  return value(wrong.length === 0, said(wrong.length === 0 ? users : wrong).join(', '));
}

/** Whose a password is tells its hash; where the server does not know it, the variable's name does. */
function foreign(agent: Container): string[] {
  const user = userOf(agent);
  const others = Object.entries(agent.passwords).filter(([key, holder]) =>
    holder === '?' ? user === '' || !key.toLowerCase().includes(user) : holder !== user,
  );
  return others.map(([key, holder]) => (holder === '?' ? key : `${key} (of ${holder})`)).sort();
}

function userOf({ asset }: Container): string {
  return asset.toLowerCase().replaceAll('-', '_');
}
