import type { Observation } from '../../model/observation.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { parseAclUser } from './acl.ts';
import type { RedisOptions } from './options.ts';
import type { Seen } from './seen.ts';

/** The server as a whole. */
export function readServer(options: RedisOptions, probe: string, seen: Seen): Observation[] {
  const name = options.container;
  const labels: Record<string, string> = {
    acl_file: `aclfile of ${name}`,
    unauthenticated: `a client of ${name} without credentials`,
    default_user: `the default user of ${name}`,
    users: `the number of users in ${name}`,
  };
  return observe(probe, (fact) => labels[fact] ?? name, {
    deployed: deployed(name, seen),
    alone: alone(name, seen),
    running: running(name, seen),
    acl_file: aclFile(options, seen),
    unauthenticated: unauthenticated(options, seen),
    default_user: defaultUser(options, seen),
    users: users(options, seen),
  });
}

/** Only a host on which nothing at all looks like a Redis has none. */
function deployed(name: string, { containers, docker, servers, port }: Seen): Told {
  if (containers.some((each) => each.name === name)) return value(true);
  if (docker !== 'ok' && docker !== 'none') return unknown(`docker ${docker}`);
  const alike = containers.filter(({ image }) => isRedis(image));
  const agents = containers.filter(({ asset, managed }) => asset !== '' || managed !== '');
  const signs = [
    ...alike.map((each) => `container ${each.name} has the image ${each.image}`),
    ...servers.map((each) => `${each.name} runs`),
    ...(port ? ['something listens on port 6379'] : []),
    ...agents.map((each) => `container ${each.name} belongs to the fleet`),
  ];
  if (signs.length > 0) return unknown(`there is no container ${name}, but ${signs.join(', ')}`, 'needs-person');
  return value(false, docker === 'none' ? 'no Docker, no Redis process' : `no container ${name}, no Redis process`);
}

/** Another one may be what a client finds under the name that it looks for. */
function alone(name: string, { containers, docker, servers }: Seen): Told {
  if (docker !== 'ok' && docker !== 'none') return unknown(`docker ${docker}`);
  const alike = containers.filter((each) => each.name !== name && isRedis(each.image) && each.status === 'running');
  const outside = servers.filter(({ inside }) => !inside);
  const signs = [
    ...alike.map((each) => `container ${each.name} has the image ${each.image}`),
    ...outside.map((each) => `a ${each.name} runs outside of ${name}`),
  ];
  return value(signs.length === 0, signs.join(', ') || undefined);
}

function isRedis(image: string): boolean {
  return /redis|valkey|keydb|dragonfly/i.test(image);
}

/** One that Docker starts again and again is up for a moment each time, too short to answer. */
function running(name: string, { containers, docker, session }: Seen): Told {
  const container = containers.find((each) => each.name === name);
  if (!container) return docker === 'ok' ? absent(`there is no container ${name}`) : unknown(`docker ${docker}`);
  const { status, restarts } = container;
  const looping = status === 'running' && restarts > 0 && !session;
  const note = `${status}, restarted ${restarts} times${looping ? ', does not answer' : ''}`;
  return value(status === 'running' && !looping, note);
}

/** Why nothing can be asked; null when the answers to questions are there. */
export function closed({ container, admin_user, password }: RedisOptions, seen: Seen): Told | null {
  const { session, admin } = seen;
  const found = seen.containers.find((each) => each.name === container);
  if (!found) return unknown(seen.docker === 'ok' ? `there is no container ${container}` : `docker ${seen.docker}`);
  if (found.status !== 'running') return unknown(`container ${container} is ${found.status}`);
  if (!session) return unknown(`redis-cli in ${container} did not answer as it should`);
  if (session.answers.get('list')?.some((line) => line.startsWith('user '))) return null;
  const where = password.replace(/^host-file:/, '').replace('#', ' as ');
  if (!admin || admin.state === 'none') return unknown(`the password of ${admin_user} is not in ${where}`, 'denied');
  if (!admin.tried) {
    return unknown(
      `the password in ${where} is not the one that the ACL file has for ${admin_user}, and was not tried`,
      'denied',
    );
  }
  if (session.auth !== 'OK') return unknown(`${admin_user} could not log in: ${session.auth}`, 'denied');
  return unknown(`${admin_user} may not run ACL LIST`, 'denied');
}

function aclFile(options: RedisOptions, seen: Seen): Told {
  const why = closed(options, seen);
  if (why) return why;
  const [key, path, ...more] = seen.session!.answers.get('aclfile') ?? [];
  if (key !== 'aclfile' || more.length > 0) return unknown(key ?? 'CONFIG GET aclfile was not answered');
  return path === undefined
    ? absent('Redis has no aclfile: users that are set at run time are gone after a restart')
    : value(path);
}

/** A refusal that names a command is one given to somebody: the default user is on. */
function unauthenticated({ container }: RedisOptions, seen: Seen): Told {
  const ping = seen.session?.ping;
  if (ping === undefined) return unknown(`redis-cli in ${container} did not answer as it should`);
  if (ping.startsWith('NOAUTH Authentication required')) return value('refused');
  return ping === 'PONG' || ping.startsWith('NOPERM ') ? value('served', `PING: ${ping}`) : unknown(ping);
}

function defaultUser(options: RedisOptions, seen: Seen): Told {
  const why = closed(options, seen);
  if (why) return why;
  const line = seen.session!.answers.get('list')!.find((each) => each.startsWith('user default '));
  const user = line === undefined ? null : parseAclUser(line);
  if (!user) return unknown('ACL LIST does not say');
  if (!user.on) return value('off');
  return value(
    'on',
    user.nopass ? 'nopass: everybody is let in' : 'one password for all, which parts nobody from anybody',
  );
}

function users(options: RedisOptions, seen: Seen): Told {
  return closed(options, seen) ?? value(seen.session!.answers.get('list')!.length);
}
