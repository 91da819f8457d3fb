import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { banSeconds, forEver } from './bantime.ts';
import { readConfig, type Config } from './config.ts';
import { differences } from './differences.ts';
import { configProbe, serverProbe } from './probes.ts';
import { readServer, type Server } from './server.ts';

const options = ['bantime', 'findtime', 'maxretry'];
const ofConfig = ['valid', ...options.map((option) => `default_${option}`)];
const labels: Record<string, string> = {
  running: "fail2ban's server",
  valid: "fail2ban's files",
  differences: 'what fail2ban runs with beside its files',
};
const label = (fact: string) => labels[fact] ?? `${fact.replace('default_', '')} of [DEFAULT]`;

/** The server by what it answers, the files by what fail2ban itself reads in them. */
export function readFail2ban(answers: Answers): Observation[] {
  const server = readServer(answers);
  const config = readConfig(answers);
  return [
    ...observe(serverProbe.name, label, { running: running(server), differences: differ(server, config) }),
    ...(config.ok
      ? observe(configProbe.name, label, tellConfig(config))
      : unknownFacts(ofConfig, label, configProbe.name, config)),
  ];
}

function running(server: Server | Unreadable): Told {
  if (!server.ok) return unknown(server.message, server.code);
  return server.silent === null ? value(true) : value(false, server.silent);
}

function differ(server: Server | Unreadable, config: Config | Unreadable): Told {
  if (!server.ok) return unknown(server.message, server.code);
  if (!config.ok) return unknown(config.message, config.code);
  if (server.silent !== null) return absent(server.silent);
  if (!config.valid) return unknown('its files cannot be read as a whole');
  const found = differences(server.jails, config.jails);
  return found ? value(found) : unknown('an option of a jail could not be compared');
}

function tellConfig(config: Config): Record<string, Told> {
  if (!config.installed) return Object.fromEntries(ofConfig.map((fact) => [fact, absent('fail2ban is not installed')]));
  const defaults = options.map((option) => [`default_${option}`, tellDefault(config, option)]);
  return { valid: value(config.valid, config.problems.join('; ') || undefined), ...Object.fromEntries(defaults) };
}

function tellDefault({ defaults, places }: Config, option: string): Told {
  const found = defaults.get(option);
  const where = places.get(`DEFAULT|${option}`);
  if (found === undefined) return unknown(`no file gives ${option} in [DEFAULT]`);
  if (typeof found !== 'number') return unknown(`"${found}" is no number`);
  const note = [option === 'bantime' && found < 0 && forEver, where && `set by ${where}`].filter(Boolean).join(', ');
  return value(option === 'bantime' ? banSeconds(found) : found, note, where);
}
