import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { infoProbe } from './probes.ts';
import { readDocker } from './read.ts';

export default defineResource({
  type: 'docker',
  summary: 'The Docker engine of the host: whether there is one of any kind, whether it answers, which one it is.',
  select: Type.Object({
    min_version: Type.Optional(
      Type.String({ pattern: '^[0-9]+(\\.[0-9]+){1,2}$', description: 'The oldest version that will do, for recent' }),
    ),
  }),
  facts: {
    present: {
      kind: 'boolean',
      says: ['is there', 'is not there'],
      description: 'Any trace of an engine or its client: program, snap, unit, socket or process, running or not',
    },
    answers: {
      kind: 'boolean',
      says: ['answers', 'does not answer'],
      description: 'That a dockerd runs and says its version',
    },
    snap: {
      kind: 'boolean',
      says: ['comes from a snap', 'does not come from a snap'],
      description: 'That a snap of it is installed, which has its own daemon.json and data',
    },
    version: { kind: 'text', description: "The daemon's version" },
    recent: {
      kind: 'boolean',
      says: ['is recent enough', 'is too old'],
      description: 'That the daemon is min_version or newer',
    },
    platform: { kind: 'text', description: 'Who built the daemon that answers: Docker Engine - Community' },
    loopback_guarded: {
      kind: 'boolean',
      says: ['keeps neighbours from ports on 127.0.0.1', 'lets neighbours reach ports on 127.0.0.1'],
      description: 'That the daemon was not told to leave out the rules which do so: DOCKER_INSECURE_NO_IPTABLES_RAW',
    },
  },
  example: '{ present: true }',
  probes: () => [infoProbe],
  read: (options, answers) => readDocker(options, answers),
});
