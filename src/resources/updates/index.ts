import { Type } from '@sinclair/typebox';
import { releaseProbe } from '../os/probes.ts';
import { defineResource } from '../resource.ts';
import { archivesProbe } from '../unattended_upgrades/probe.ts';
import { updatesProbe } from './probe.ts';
import { readUpdates } from './read.ts';

export default defineResource({
  type: 'updates',
  summary: 'What is newer in the lists of apt than on the host, as far as they are young enough to tell.',
  select: Type.Object({
    max_age: Type.Optional(
      Type.String({
        pattern: '^([0-9]+[smhdw])+$',
        description: 'From this age of the lists on nothing is told; 3d unless said',
      }),
    ),
  }),
  facts: {
    security: {
      kind: 'words',
      description:
        'Packages with a security update that is not installed, those that a hold or a pin keeps back included',
    },
    pending: { kind: 'words', description: 'Packages with any update that is not installed, held ones included' },
    security_archive: {
      kind: 'boolean',
      says: ['are downloaded from a security archive, too', 'are downloaded from no security archive'],
      description:
        "That apt's lists hold the security archive of this release, with each component that packages come from; without it nothing ever looks like a security update",
    },
    lists_age: { kind: 'duration', description: 'Since apt last downloaded its lists' },
  },
  example: '{ security: [], security_archive: true }',
  probes: () => [updatesProbe, archivesProbe, releaseProbe],
  read: (options, answers) => readUpdates(options, answers),
});
