import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { effectiveProbe } from '../sshd/probes.ts';
import { daemonProbe } from './probes.ts';
import { readDaemon } from './read.ts';

export default defineResource({
  type: 'sshd_daemon',
  summary:
    'The running sshd: whether it has read the files as they are now, where it listens, whether it comes back after a boot.',
  select: Type.Object({}),
  facts: {
    running: {
      kind: 'boolean',
      says: ['is running', 'is not running'],
      description: 'That sshd runs or its socket waits',
    },
    current: {
      kind: 'boolean',
      says: ['works with its files as they are now', 'does not work with its files as they are now'],
      description: 'That it has read every file since the last change, and runs with the options that its unit has',
    },
    starts_at_boot: {
      kind: 'boolean',
      says: ['starts at boot', 'does not start at boot'],
      description: 'That ssh.service or ssh.socket is enabled, wanted by the default target, and nothing forbids sshd',
    },
    listens_on: {
      kind: 'number',
      description: 'TCP port, of every socket that a listening sshd has or that ssh.socket has for it',
    },
  },
  example: '{ running: true, current: true }',
  probes: () => [daemonProbe, effectiveProbe],
  read: (_, answers) => readDaemon(answers),
});
