import type { Action, Jail } from '../fail2ban/server.ts';
import type { Answers } from '../resource.ts';
import { unknown, value, type Told } from '../said.ts';
import { effectOf } from './effect.ts';
import { notStopped } from './stopped.ts';

/** Whether a ban closes the port: some action that may stop packets names it, or no port at all. */
export function coversPort(jail: Jail, port: number): Told {
  const all = filtering(jail);
  if (all.length === 0) return value(false, 'no action of it changes the firewall');
  const actions = all.filter(([, action]) => effectOf(action).is !== 'open');
  if (actions.length === 0) return value(false, whyOpen(all));
  const covering = actions.find(([, action]) => covers(action, port));
  if (covering) return value(true, `by its action ${covering[0]}`);
  const odd = actions.flatMap(([, { ports }]) => ports).find((each) => !/^\d+([:-]\d+)?$/.test(each));
  if (odd !== undefined) return unknown(`its port "${odd}" is no number and no service of this host`);
  return value(
    false,
    actions.map(([name, action]) => `${name} has ${action.protocol} ${action.ports.join(',')}`).join('; '),
  );
}

/** Whether a ban would stop packets to the host, and those of now do. */
export function bans(jail: Jail, port: number, answers: Answers): Told {
  const actions = filtering(jail);
  const names = Object.keys(jail.actions).join(', ') || 'none';
  if (actions.length === 0) return value(false, `no action of it changes the firewall: ${names}`);
  const there = actions.filter(([, { tools }]) => Object.values(tools).every(Boolean));
  if (there.length === 0) {
    const missing = actions.flatMap(([, { tools }]) => Object.keys(tools).filter((tool) => !tools[tool]));
    return value(false, `${missing.join(', ')} of its action is not there`);
  }
  const sound = there.find(([, action]) => effectOf(action).is === 'blocked');
  if (!sound) return unsound(there);
  return notStopped(jail, sound[1], port, answers) ?? value(true, `by its action ${sound[0]}`);
}

function unsound(actions: [string, Action][]): Told {
  const odd = actions.find(([, action]) => effectOf(action).is === 'odd');
  if (!odd) return value(false, whyOpen(actions));
  return unknown(`its action ${odd[0]} cannot be judged: ${reason(odd[1])}`, 'needs-person');
}

function whyOpen(actions: [string, Action][]): string {
  return actions.map(([name, action]) => `its action ${name} blocks nothing: ${reason(action)}`).join('; ');
}

function reason(action: Action): string {
  const effect = effectOf(action);
  return effect.is === 'blocked' ? '' : effect.why;
}

function filtering({ actions }: Jail): [string, Action][] {
  return Object.entries(actions).filter(([, { tools, ban }]) => Object.keys(tools).length > 0 && ban);
}

/** `--dports`, `dport` and ufw's `port` are where actions put their port; without any, a ban is for all of them. */
function covers({ start = '', ban = '', ports, protocol = '' }: Action, port: number): boolean {
  const named = /\b(dports?|port)\b/.test(`${start}\n${ban}`);
  if (!named) return true;
  return /\b(tcp|all)\b/.test(protocol) && ports.some((each) => inRange(each, port));
}

function inRange(text: string, port: number): boolean {
  const [, from, to] = /^(\d+)(?:[:-](\d+))?$/.exec(text) ?? [];
  return from !== undefined && Number(from) <= port && port <= Number(to ?? from);
}
