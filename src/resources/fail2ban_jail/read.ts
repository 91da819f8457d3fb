import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { readConfig, placeOf, lastSet, type Config } from '../fail2ban/config.ts';
import { canonical, isWithin } from '../fail2ban/networks.ts';
import { serverProbe } from '../fail2ban/probes.ts';
import { readServer, type Jail, type Server } from '../fail2ban/server.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { bans, coversPort } from './actions.ts';
import { shortestBan } from './bantime.ts';
import { readsSshd } from './source.ts';

interface Options {
  name: string;
  approved?: string[];
  port?: number;
}

const facts = [
  ...[
    'active',
    'bantime',
    'findtime',
    'maxretry',
    'ignored',
    'exempt',
    'ignores_loopback',
    'covers_port',
    'reads_sshd',
  ],
  ...['misses', 'bans'],
];
const named: Record<string, (jail: string, port: number) => string> = {
  bantime: (jail) => `bantime of ${jail}`,
  findtime: (jail) => `findtime of ${jail}`,
  maxretry: (jail) => `maxretry of ${jail}`,
  ignored: (jail) => `what ${jail} ignores beyond what is approved`,
  exempt: (jail) => `what else spares somebody from ${jail}`,
  covers_port: (jail, port) => `a ban by ${jail} of an address that tries port ${port}`,
  misses: (jail) => `failed logins that ${jail} does not count`,
  bans: (jail) => `a ban by ${jail}`,
};

/** One jail, by what the server says of it now. */
export function readJail(options: Options, answers: Answers): Observation[] {
  const label = (fact: string) => named[fact]?.(`jail ${options.name}`, options.port ?? 22) ?? `jail ${options.name}`;
  const server = readServer(answers);
  if (!server.ok) return unknownFacts(facts, label, serverProbe.name, server);
  const jail = server.jails.find(({ name }) => name === options.name);
  const why = server.silent ?? `no jail ${options.name} runs`;
  const config = readConfig(answers);
  return observe(
    serverProbe.name,
    label,
    jail ? tell(jail, server, config.ok ? config : null, options, answers) : tellNone(why),
  );
}

function tellNone(why: string): Record<string, Told> {
  return { ...Object.fromEntries(facts.map((fact) => [fact, absent(why)])), active: value(false, why) };
}

function tell(
  jail: Jail,
  server: Server,
  config: Config | null,
  { approved = usual, port = 22 }: Options,
  answers: Answers,
): Record<string, Told> {
  const { get } = jail;
  const placed = (option: 'findtime' | 'maxretry') => {
    const where = placeIn(config, jail, option);
    return value(get[option], where && `set by ${where}`, where);
  };
  return {
    active: isAlive(jail, server),
    bantime: shortestBan(jail, placeIn(config, jail, 'bantime')),
    findtime: placed('findtime'),
    maxretry: placed('maxretry'),
    ignored: ignored(jail, approved, placeIn(config, jail, 'ignoreip')),
    exempt: value([...(get.ignorecommand ? [`ignorecommand ${get.ignorecommand}`] : []), ...get.ignoreregex]),
    ignores_loopback: value(get.ignoreself || loopback.every((each) => isWithin(each, get.ignoreip.map(canonical)))),
    covers_port: coversPort(jail, port),
    reads_sshd: readsSshd(jail, server, config),
    misses: misses(jail),
    bans: bans(jail, port, answers),
  };
}

const loopback = ['127.0.0.1', '::1'];
const usual = ['127.0.0.0/8', '::1'];

/** Only where the files agree with what runs do they tell where it comes from. */
function placeIn(
  config: Config | null,
  jail: Jail,
  option: 'bantime' | 'findtime' | 'maxretry' | 'ignoreip',
): string | undefined {
  const files = config?.jails.find(({ name }) => name === jail.name);
  if (!config || !files) return undefined;
  if (option === 'ignoreip') return placeOf(config, jail.name, option);
  return lastSet(files, option) === String(jail.get[option]) ? placeOf(config, jail.name, option) : undefined;
}

/** fail2ban names its threads (f2b/f. reads, f2b/a. bans) where the system lets it; the kernel keeps 15 letters. */
function isAlive({ name }: Jail, { threads }: Server): Told {
  if (!threads.some((each) => each.startsWith('f2b/'))) return value(true);
  const gone = ['f2b/f.', 'f2b/a.']
    .map((each) => `${each}${name}`.slice(0, 15))
    .filter((each) => !threads.includes(each));
  return gone.length ? value(false, `its thread ${gone.join(' and ')} is gone`) : value(true);
}

function ignored({ get }: Jail, approved: string[], where?: string): Told {
  const beyond = get.ignoreip.map(canonical).filter((each) => !isWithin(each, [...approved, ...loopback]));
  return value(beyond, where && `set by ${where}`, where);
}

function misses({ catches }: Jail): Told {
  const tried = Object.entries(catches ?? {});
  if (tried.length === 0) return unknown('its filter was not tried');
  return value(tried.filter(([, counted]) => !counted).map(([what]) => what));
}
