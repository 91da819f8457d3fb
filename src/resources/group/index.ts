import { Type } from '@sinclair/typebox';
import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { defineResource } from '../resource.ts';
import { readGroup } from './read.ts';

/**
 * `getent passwd` lists whoever has it as first group: they are members, too, though the group's own line does not say so. So are those of
 * another group with the same number, for the kernel knows only that.
 */
function groupProbe(name: string): HostProbe {
  return {
    kind: 'host',
    name: `group:${name}`,
    run: `
seen=$(getent group -- ${quote(name)})
printf 'code|%s\\n' $?
if [ -n "$seen" ]; then printf '%s\\n' "$seen" | awk -F: '{ print "group|" $1 "|" $3 "|" $4 }'; fi
getent group | awk -F: '{ print "other|" $1 "|" $3 "|" $4 }'
getent passwd | awk -F: '{ print "user|" $1 "|" $4 }'
echo end
`,
  };
}

export default defineResource({
  type: 'group',
  summary: 'A group of the host and who is in it.',
  select: Type.Object({
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', description: 'Name of the group' }),
  }),
  facts: {
    exists: { kind: 'boolean', says: ['exists', 'does not exist'], description: 'That there is such a group' },
    gid: { kind: 'number', description: 'Its number' },
    members: {
      kind: 'words',
      description:
        'Everyone in it, those included whose first group it is, or who are in a group with the same number; absent when there is no such group',
    },
  },
  example: '{ name: docker, members: { within: [fleetclaw], when_empty: pass } }',
  probes: ({ name }) => [groupProbe(name)],
  read: ({ name }, answers) => readGroup(name, groupProbe(name).name, answers),
});
