import type { Observation } from '../../model/observation.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { allChannels, allPatterns, parseAclUser, type AclUser } from './acl.ts';
import { commandsBeyond } from './commands.ts';
import { dangerousOf } from './dangerous.ts';
import { redisGlobMatches } from './glob.ts';
import type { RedisOptions } from './options.ts';
import type { Pair, Seen } from './seen.ts';
import { closed } from './server.ts';

const facts = [
  ...['user_enabled', 'user_password', 'keys_beyond', 'channels_beyond', 'commands_beyond'],
  ...['reaches_keys', 'reaches_channels', 'dangerous_commands'],
];

/** The user of each asset: is there one, and does it have what the template gives it and nothing else? */
export function readAssets(options: RedisOptions, probe: string, seen: Seen): Observation[] {
  const why = closed(options, seen) ?? noPairs(seen);
  if (why)
    return observe(
      probe,
      (fact) => `${fact} of the assets' users`,
      Object.fromEntries(facts.map((fact) => [fact, why])),
    );
  const assets = [...new Map(seen.pairs.map((pair) => [`${pair.user} ${pair.own}`, pair])).values()];
  const told = assets.flatMap((pair) => observe(probe, (fact) => label(fact, pair), tellUser(pair, assets, seen)));
  const unasked = seen.containers.filter(({ asset }) => asset !== '' && !/^[A-Za-z0-9_.-]+$/.test(asset));
  return [
    ...told,
    ...withoutLogin(probe, assets, seen),
    ...unasked.flatMap(({ name }) => {
      const odd = unknown('its label fleetclaw.asset_id is no asset id');
      return observe(
        probe,
        () => `the user of container ${name}`,
        Object.fromEntries(facts.map((fact) => [fact, odd])),
      );
    }),
  ];
}

/** Where nobody needs to log in, everybody reaches what the default user does, whatever the assets' own users may. */
function withoutLogin(probe: string, assets: Pair[], { session }: Seen): Observation[] {
  const line = session!.answers.get('list')!.find((each) => each.startsWith('user default '));
  const user = line === undefined ? null : parseAclUser(line);
  if (user && !(user.on && user.nopass)) return [];
  const inboxes = assets.map(({ own }) => own);
  const odd = unknown('ACL LIST does not say what the default user may');
  return observe(probe, (fact) => `inboxes whose ${fact.slice('reaches_'.length)} are reached without a login`, {
    reaches_keys: user ? reached(allPatterns(user), inboxes) : odd,
    reaches_channels: user ? reached(allChannels(user), inboxes) : odd,
  });
}

/** Without an asset there is nothing to part from anything. */
export function noPairs({ pairs }: Seen): Told | null {
  if (pairs.length > 0) return null;
  return unknown('no container has the label fleetclaw.asset_id, and no pairs are given');
}

function label(fact: string, { user, own }: Pair): string {
  const labels: Record<string, string> = {
    keys_beyond: `keys that ${user} may use beyond those of ${own}`,
    channels_beyond: `channels that ${user} may use beyond those of ${own}`,
    commands_beyond: `commands that ${user} may run beyond those of the template`,
    reaches_keys: `inboxes of others whose keys ${user} reaches`,
    reaches_channels: `inboxes of others whose channels ${user} reaches`,
    dangerous_commands: `dangerous commands that ${user} may run`,
  };
  return labels[fact] ?? `user ${user}`;
}

function tellUser(pair: Pair, assets: Pair[], seen: Seen): Record<string, Told> {
  const lines = seen.session!.answers.get('list')!.filter((line) => line.startsWith(`user ${pair.user} `));
  if (lines.length === 0) {
    const none = unknown(`there is no user ${pair.user}`);
    const rest = Object.fromEntries(facts.map((fact) => [fact, none]));
    return { ...rest, user_enabled: value(false, `asset ${pair.own} has no user of its own`) };
  }
  const user = lines.length === 1 ? parseAclUser(lines[0]!) : null;
  if (!user) {
    const odd = unknown(`the rules of ${pair.user} could not be read`);
    const may = dangerousOf(pair.user, null, seen);
    return { ...Object.fromEntries(facts.map((fact) => [fact, odd])), dangerous_commands: may };
  }
  const others = assets
    .map((each) => each.own)
    .concat(pair.other)
    .filter((id) => id !== pair.own);
  const [patterns, channels] = [allPatterns(user), allChannels(user)];
  return {
    user_enabled: enabled(user),
    user_password: value(!user.nopass, user.nopass ? 'nopass' : undefined),
    keys_beyond: value(patterns.filter((each) => !covered(keysOf(pair.own), each))),
    channels_beyond: value(channels.filter((each) => !covered(channelsOf(pair.own), each))),
    commands_beyond: beyond(user, seen),
    reaches_keys: reached(patterns, others),
    reaches_channels: reached(channels, others),
    dangerous_commands: dangerousOf(pair.user, user, seen),
  };
}

function enabled(user: AclUser): Told {
  if (user.on && !user.nopass && user.passwords.length === 0)
    return value(false, 'no password is set: nobody can log in');
  return value(user.on);
}

const keysOf = (id: string) => [
  ...[`fleet:inbox:${id}`, 'fleet:status:*', `fleet:test:${id}`, 'fleet:alerts', 'fleet:commands'],
  ...[`fleet:inbox:${id}:*`, `fleet:test:${id}:*`],
];
const channelsOf = (id: string) => [
  ...[`fleet:inbox:${id}`, 'fleet:status', `fleet:status:${id}`, 'fleet:alerts', 'fleet:commands'],
];

/** The same, or narrower than one that ends with a star. */
function covered(allowed: string[], pattern: string): boolean {
  return allowed.some((each) => each === pattern || (each.endsWith('*') && pattern.startsWith(each.slice(0, -1))));
}

/** What the patterns themselves say, whatever commands the user has. */
function reached(patterns: string[], others: string[]): Told {
  const found = [...new Set(others)].filter((id) =>
    patterns.some((each) => redisGlobMatches(each, `fleet:inbox:${id}`)),
  );
  const by = patterns.filter((each) => found.some((id) => redisGlobMatches(each, `fleet:inbox:${id}`)));
  return value(found, by.length > 0 ? `by ${by.join(', ')}` : undefined);
}

function beyond({ commands, selectors }: AclUser, { categories }: Seen): Told {
  const found = [commands, ...selectors.map((each) => each.commands)].map((rules) => commandsBeyond(rules, categories));
  if (found.includes(null)) return unknown('ACL CAT did not say what its categories are');
  return value([...new Set(found.flatMap((each) => each!))]);
}
