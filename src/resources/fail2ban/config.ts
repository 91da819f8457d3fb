import { Type, type Static } from '@sinclair/typebox';
import { readable, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { configProbe } from './probes.ts';
import { all } from './server.ts';

const Text = Type.String();
const ConfiguredJail = Type.Object({
  name: Text,
  backend: Text,
  starts: Type.Boolean(),
  set: Type.Array(Type.Array(Text, { minItems: 1 })),
});
const Default = Type.Tuple([Text, Text, Type.Union([Type.Number(), Type.Null()])]);
const Place = Type.Tuple([Text, Text, Text]);

export type ConfiguredJail = Static<typeof ConfiguredJail>;

/** What fail2ban's files say. */
export interface Config {
  ok: true;
  installed: boolean;
  valid: boolean;
  problems: string[];
  jails: ConfiguredJail[];
  /** Options of `[DEFAULT]`: seconds or a number, else the text. */
  defaults: Map<string, number | string>;
  /** File and line that win for an option of a section, by `section|option`. */
  places: Map<string, string>;
}

/** Reads `fail2ban.config`. */
export function readConfig(answers: Answers): Config | Unreadable {
  const { name } = configProbe;
  const answer = readable(answers, name);
  if (!answer.ok) return answer;
  if (answer.code !== 0) return odd(answer.stderr.trim().split('\n').at(-1) || `${name} ended with ${answer.code}`);
  const lines = said(answers, name, ['installed', 'valid', 'problem', 'jail', 'default', 'place']);
  if (!lines.ok) return lines;
  const { installed, valid } = lines.said;
  const jails = all(ConfiguredJail, lines.said.jail);
  const defaults = all(Default, lines.said.default);
  const places = all(Place, lines.said.place);
  const problems = all(Text, lines.said.problem);
  const tested = one(valid) !== null || lines.said.problem.length > 0 || one(installed) === 'no';
  if (!jails || !defaults || !places || !problems || !tested)
    return odd(`${name} printed something else than expected`);
  return {
    ok: true,
    installed: one(installed) === 'yes',
    valid: one(valid) === 'true' && problems.length === 0,
    problems,
    jails: jails.filter((each) => each.starts),
    defaults: new Map(defaults.map(([option, text, number]) => [option, number ?? text])),
    places: new Map(places.map(([section, option, place]) => [`${section}|${option}`, place])),
  };
}

/** Where an option of a jail is set: in its own section, or in `[DEFAULT]`. */
export function placeOf(config: Config, jail: string, option: string): string | undefined {
  return config.places.get(`${jail}|${option}`) ?? config.places.get(`DEFAULT|${option}`);
}

/** The last value that the files give an option of a jail. */
export function lastSet(jail: ConfiguredJail, option: string): string | undefined {
  return jail.set.findLast(([each]) => each === option)?.[1];
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}
