import { Type } from '@sinclair/typebox';
import type { HostProbe } from '../../model/probe.ts';
import { defineResource } from '../resource.ts';
import { readTime } from './read.ts';

/** One day in January and one in July: a zone with summer time cannot look like UTC on both. */
export const zoneProbe: HostProbe = {
  kind: 'host',
  name: 'time.zone',
  run: `
if [ -L /etc/localtime ]; then
  printf 'link|%s\\n' "$(readlink /etc/localtime)"
  if [ ! -e /etc/localtime ]; then echo 'dangling|yes'; fi
else
  printf 'file|%s\\n' "$(stat -c '%F' /etc/localtime 2>&1)"
fi
(
  unset TZ
  date -d @1736899200 '+winter|%z %Z'
  date -d @1752537600 '+summer|%z %Z'
)
echo end
`,
};

export default defineResource({
  type: 'time',
  summary: "The host's time zone.",
  select: Type.Object({}),
  facts: {
    timezone: { kind: 'text', description: 'Name of the zone that /etc/localtime links to: Etc/UTC' },
    utc: {
      kind: 'boolean',
      says: ['is UTC', 'is not UTC'],
      description: 'The zone is UTC by whatever name, and clocks show it',
    },
  },
  example: '{ utc: true }',
  probes: () => [zoneProbe],
  read: (_options, answers) => readTime(answers, zoneProbe.name),
});
