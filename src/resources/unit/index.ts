import { Type } from '@sinclair/typebox';
import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { defineResource } from '../resource.ts';
import { readUnit } from './read.ts';

/** The unit, and in a second call what starts it on demand: a socket, a timer or a path. \`systemctl\` says in words when it cannot. */
function unitProbe(name: string): HostProbe {
  return {
    kind: 'host',
    name: `unit:${name}`,
    run: `
show() { systemctl show -p Id,Names,LoadState,ActiveState,SubState,UnitFileState,WantedBy,RequiredBy,TriggeredBy -- "$@"; }
seen=$(show ${quote(name)} 2>&1)
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | sed 's/^/unit|/'
by=$(printf '%s\\n' "$seen" | sed -n 's/^TriggeredBy=//p')
# shellcheck disable=SC2086 # names of units, separated by spaces
if [ -n "$by" ]; then show $by | sed 's/^/by|/'; fi
echo end
`,
  };
}

export default defineResource({
  type: 'unit',
  summary: 'A unit of systemd: whether it runs, and whether it starts by itself.',
  select: Type.Object({
    name: Type.String({
      pattern: '^[A-Za-z0-9:_.@\\\\-]+\\.(service|socket|timer|path|mount|swap|target|automount|slice|scope|device)$',
      description: 'With its suffix: ssh.service',
    }),
  }),
  facts: {
    exists: {
      kind: 'boolean',
      says: ['exists', 'does not exist'],
      description: 'That systemd knows a unit by that name',
    },
    enabled: {
      kind: 'boolean',
      says: ['is enabled', 'is not enabled'],
      description:
        'It starts at boot by itself, not only until the next boot, and not only when something else wants it',
    },
    active: { kind: 'boolean', says: ['is active', 'is not active'], description: 'It is active now' },
    sub_state: {
      kind: 'text',
      description: 'running, exited, listening, waiting, dead, failed: "active" has many meanings',
    },
    masked: { kind: 'boolean', says: ['is masked', 'is not masked'], description: 'It cannot be started at all' },
    starts_at_boot: {
      kind: 'boolean',
      says: ['starts at boot or on demand', 'does not start at boot'],
      description: 'It is enabled, or a socket, timer or path that starts it is',
    },
    served: {
      kind: 'boolean',
      says: ['is active or waits to be started', 'is neither active nor waits to be started'],
      description: 'It is active, or a socket, timer or path that starts it is',
    },
  },
  example: '{ name: ssh.service, starts_at_boot: true, served: true }',
  probes: ({ name }) => [unitProbe(name)],
  read: ({ name }, answers) => readUnit(name, unitProbe(name).name, answers),
});
