import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { aptConfigProbe } from './probe.ts';
import { readKey } from './read.ts';

export default defineResource({
  type: 'apt_config',
  summary: "A key of apt's configuration about automatic upgrades, with all files merged as apt merges them.",
  select: Type.Object({
    key: Type.String({
      pattern: '^([Aa][Pp][Tt]::[Pp]eriodic|[Uu]nattended-[Uu]pgrades?)::[A-Za-z0-9:-]+$',
      description: 'Unattended-Upgrade::Automatic-Reboot',
    }),
  }),
  facts: {
    value: { kind: 'text', description: 'Its value; absent when nothing sets it' },
    values: { kind: 'words', description: 'The items of a list, of all files together' },
    on: {
      kind: 'boolean',
      says: ['is on', 'is off'],
      description: 'Its value as apt understands yes and no; absent when nothing sets it, and the program decides',
    },
  },
  example: '{ key: "Unattended-Upgrade::Automatic-Reboot", on: { any_of: [{ absent: true }] } }',
  probes: () => [aptConfigProbe],
  read: ({ key }, answers) => readKey(key, answers),
});
