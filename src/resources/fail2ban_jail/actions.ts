import type { Action, Jail } from '../fail2ban/server.ts';
import { unknown, value, type Told } from '../said.ts';

/** Whether a ban closes the port: some action that changes a packet filter names it, or no port at all. */
export function coversPort(jail: Jail, port: number): Told {
  const actions = filtering(jail);
  if (actions.length === 0) return value(false, 'no action of it changes the firewall');
  const covering = actions.find(([, action]) => covers(action, port));
  if (covering) return value(true, `by its action ${covering[0]}`);
  const odd = actions.flatMap(([, { ports }]) => ports).find((each) => !/^\d+([:-]\d+)?$/.test(each));
  if (odd !== undefined) return unknown(`its port "${odd}" is no number and no service of this host`);
  return value(
    false,
    actions.map(([name, action]) => `${name} has ${action.protocol} ${action.ports.join(',')}`).join('; '),
  );
}

/** Whether a ban would reach the packet filter, and those of now did. */
export function bans(jail: Jail): Told {
  const actions = filtering(jail);
  const names = Object.keys(jail.actions).join(', ') || 'none';
  if (actions.length === 0) return value(false, `no action of it changes the firewall: ${names}`);
  const [name, action] = actions.find(([, { tools }]) => Object.values(tools).every(Boolean)) ?? [];
  if (!name || !action) {
    const missing = actions.flatMap(([, { tools }]) => Object.keys(tools).filter((tool) => !tools[tool]));
    return value(false, `${missing.join(', ')} of its action is not there`);
  }
  if (/-j (ACCEPT|RETURN)\b/.test(action.ban ?? '') || / accept\b/.test(action.start ?? '')) {
    return value(false, `its action ${name} accepts what it should block`);
  }
  const local = Object.entries(jail.enforced);
  const open = local.filter(([, found]) => !found).map(([address]) => address);
  return open.length
    ? value(false, `${open.join(', ')} is banned, but not in the packet filter`)
    : value(true, `by its action ${name}`);
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
