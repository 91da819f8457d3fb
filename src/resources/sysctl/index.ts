import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { liveProbe, persistedProbe } from './probes.ts';
import { readSysctl } from './read.ts';

export default defineResource({
  type: 'sysctl',
  summary: 'A kernel parameter: what it is now, what the configuration says, and what it will be after a reboot.',
  select: Type.Object({
    key: Type.String({
      pattern: '^[a-z0-9_]+([./][A-Za-z0-9_:@-]+)+$',
      description: 'As sysctl prints it: vm.swappiness',
    }),
    column: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Which number, where the parameter has several: 1 for the first' }),
    ),
  }),
  facts: {
    current: { kind: 'number', description: 'What the running kernel has' },
    persisted: {
      kind: 'number',
      description: 'What is assigned last at boot: kernel command line, sysctl.d, UFW. Absent when nothing assigns it',
    },
    after_reboot: {
      kind: 'number',
      description: "What is persisted; where nothing is, the kernel's default, if that is known for this parameter",
    },
  },
  example: '{ key: vm.swappiness, current: { at_most: 10 } }',
  probes: (options) => [liveProbe(options.key), persistedProbe],
  read: (options, answers) => readSysctl(options, answers),
});
