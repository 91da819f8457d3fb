import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { timersProbe } from './probe.ts';
import { readTimers } from './read.ts';

export default defineResource({
  type: 'apt_timers',
  summary: "apt's daily timers: whether they are set, what they start, and when that last came to its end.",
  select: Type.Object({
    max_age: Type.Optional(
      Type.String({
        pattern: '^([0-9]+[smhdw])+$',
        description: 'How long ago the last upgrade may be; 3d unless said',
      }),
    ),
  }),
  facts: {
    enabled: {
      kind: 'boolean',
      says: ['is enabled', 'is not enabled'],
      description: 'For both timers: it is set at boot',
    },
    next_run: { kind: 'duration', description: 'For both timers: until it goes off next; absent when it never will' },
    intact: {
      kind: 'boolean',
      says: ["starts apt's own work", "does not start apt's own work"],
      description: 'For both services: the command is the one that apt ships, and nothing keeps it from running',
    },
    ran: {
      kind: 'boolean',
      says: ['has come to its end', 'has not come to its end'],
      description:
        'An automatic upgrade succeeded within max_age; left out on a host that was started less than two days ago, unless a run failed since',
    },
    succeeded: {
      kind: 'boolean',
      says: ['succeeded', 'failed'],
      description: 'The last run of the service since boot; left out before the first',
    },
  },
  example: '{ enabled: true, next_run: { at_most: 7d }, intact: true }',
  probes: () => [timersProbe],
  read: (options, answers) => readTimers(options, answers),
});
