import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Check } from '@sinclair/typebox/value';
import { readable, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { one, said } from '../said.ts';
import { serverProbe } from './probes.ts';

const Text = Type.String();
const Nothing = Type.Null();
/** A newest record of sshd, `age` in seconds, `from` the address of a failure. */
const SshdRecord = Type.Intersect([
  Type.Object({ MESSAGE: Text, age: Type.Integer(), from: Text }),
  Type.Record(Text, Type.Union([Text, Type.Integer()])),
]);
const Action = Type.Object({
  tools: Type.Record(Text, Type.Boolean()),
  ports: Type.Array(Text),
  start: Type.Optional(Text),
  ban: Type.Optional(Text),
  start6: Type.Optional(Text),
  ban6: Type.Optional(Text),
  protocol: Type.Optional(Text),
});
const Jail = Type.Object({
  name: Text,
  status: Type.Array(Type.Tuple([Text, Type.Array(Type.Tuple([Text, Type.Unknown()]))])),
  get: Type.Object({
    bantime: Type.Integer(),
    findtime: Type.Integer(),
    maxretry: Type.Integer(),
    ignoreip: Type.Array(Text),
    ignoreself: Type.Boolean(),
    ignorecommand: Type.Union([Text, Nothing]),
    ignoreregex: Type.Array(Text),
    journalmatch: Type.Array(Type.Array(Text)),
    logpath: Type.Array(Text),
    'bantime.increment': Type.Union([Type.Boolean(), Nothing]),
    'bantime.maxtime': Type.Union([Type.Integer(), Nothing]),
    'bantime.factor': Type.Union([Text, Nothing]),
    'bantime.formula': Type.Union([Text, Nothing]),
    'bantime.multipliers': Type.Union([Text, Nothing]),
  }),
  actions: Type.Record(Text, Action),
  banned: Type.Array(Text),
  enforced: Type.Record(Text, Type.Boolean()),
  /** Of nft's tables with sets that hold banned addresses: chains, rules, and which of the addresses each set holds. */
  nft: Type.Optional(Type.Array(Type.Record(Text, Type.Record(Text, Type.Unknown())))),
  catches: Type.Union([Type.Record(Text, Type.Boolean()), Nothing]),
  files: Type.Record(Text, Type.Union([Text, Type.Array(Type.Boolean())])),
});
const Answering = Type.Object({ pid: Type.Integer(), ping: Type.Unknown(), threads: Type.Array(Text) });

export type SshdRecord = Static<typeof SshdRecord>;
export type Action = Static<typeof Action>;
export type Jail = Static<typeof Jail>;

/** What is behind fail2ban's socket. */
export interface Server {
  ok: true;
  /** Null: somebody answers, and it is the main process of the unit. Otherwise why nobody does. */
  silent: string | null;
  /** Names of its threads, as far as they have one. */
  threads: string[];
  jails: Jail[];
  records: SshdRecord[];
  /** sshd's LogLevel for a stranger; null when sshd did not say. */
  logLevel: string | null;
}

/** Reads `fail2ban.server`. A proven "nobody answers" is an answer, too. */
export function readServer(answers: Answers): Server | Unreadable {
  const { name } = serverProbe;
  const answer = readable(answers, name);
  if (!answer.ok) return answer;
  if (answer.code !== 0) return odd(answer.stderr.trim().split('\n').at(-1) || `${name} ended with ${answer.code}`);
  const lines = said(answers, name, [
    'installed',
    'unit',
    'loglevel',
    'record',
    'silent',
    'stranger',
    'server',
    'jail',
  ]);
  if (!lines.ok) return lines;
  const { installed, unit, loglevel, record, silent, stranger, server, jail } = lines.said;
  if (one(installed) === 'no') return quiet('fail2ban is not installed');
  if (one(installed) !== 'yes') return odd(`${name} printed something else than expected`);
  if (stranger.length) return odd("fail2ban's socket is not answered by root");
  const state = Object.fromEntries(unit.map((line) => line.split(/=(.*)/s) as [string, string]));
  const main = Number(state.MainPID);
  if (!('MainPID' in state) || !state.ActiveState) return odd('systemctl printed something else than expected');
  // Everything here is judged against the usual files.
  if (/\s(-c|--conf)\b/.test(state.ExecStart ?? '')) return odd(`fail2ban.service starts ${state.ExecStart}`);
  const answering = all(Answering, server);
  const [jails, records] = [all(Jail, jail), all(SshdRecord, record)];
  if (!answering || !jails || !records || answering.length + silent.length === 0) {
    return odd('fail2ban answered something else than expected');
  }
  const [who] = answering;
  if (!who) return quiet(`fail2ban.service is ${state.ActiveState} (${state.SubState}), ${JSON.parse(silent[0]!)}`);
  if (who.pid !== main)
    return quiet(`process ${who.pid} answers, which fail2ban.service (${state.ActiveState}) did not start`);
  if (who.ping !== 'pong') return quiet('its answer to a ping is no pong');
  return { ok: true, silent: null, threads: who.threads, jails, records, logLevel: one(loglevel) };
}

/** Rows of JSON of one shape. Null: one of them is not. */
export function all<T extends TSchema>(schema: T, rows: string[]): Static<T>[] | null {
  try {
    const values = rows.map((row) => JSON.parse(row) as unknown);
    return values.every((each) => Check(schema, each)) ? (values as Static<T>[]) : null;
  } catch {
    return null;
  }
}

function quiet(silent: string): Server {
  return { ok: true, silent, threads: [], jails: [], records: [], logLevel: null };
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}
