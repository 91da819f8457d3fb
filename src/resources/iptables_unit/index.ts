import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { restoreUnitProbe } from './probe.ts';
import { readRestoreUnit } from './read.ts';

export default defineResource({
  type: 'iptables_unit',
  summary:
    'A unit of systemd that loads rules with iptables-restore: whether it does so at boot, and what else it does.',
  select: Type.Object({
    name: Type.String({ pattern: '^[A-Za-z0-9:_.@-]+\\.service$', description: 'With its suffix' }),
  }),
  facts: {
    enabled: { kind: 'boolean', says: ['is enabled', 'is not enabled'], description: 'It starts at boot by itself' },
    succeeded: {
      kind: 'boolean',
      says: ['ran and succeeded', 'did not run and succeed'],
      description: 'That its last start ended well and would have been a failure otherwise',
    },
    files: { kind: 'words', description: 'The rules files that it loads' },
    keeps_others: {
      kind: 'boolean',
      says: ['leaves other chains alone', 'flushes all other chains'],
      description:
        'That every iptables-restore in it has -n: without, all rules of the table go, those of UFW and Docker too',
    },
    as_on_disk: {
      kind: 'boolean',
      says: ['is known to systemd as it is on disk', 'was changed on disk since systemd read it'],
      description: 'That no daemon-reload is needed',
    },
    before_docker: {
      kind: 'boolean',
      says: ['runs before Docker', 'does not run before Docker'],
      description: 'That systemd starts it first: a container is never reachable without the rules',
    },
  },
  example: '{ name: docker-iptables.service, enabled: true, succeeded: true, keeps_others: true }',
  probes: ({ name }) => [restoreUnitProbe(name)],
  read: ({ name }, answers) => readRestoreUnit(name, answers),
});
