import { Type } from '@sinclair/typebox';
import { infoProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { startProbe } from './probe.ts';
import { readDaemon } from './read.ts';

export default defineResource({
  type: 'docker_daemon',
  summary: 'The settings of dockerd: those it runs with, those its next start would bring, and whether the two differ.',
  select: Type.Object({}),
  facts: {
    config_file: { kind: 'text', description: 'The file that it reads' },
    valid: {
      kind: 'boolean',
      says: ['lets it start', 'does not let it start'],
      description: 'That dockerd accepts its file together with its flags; absent when there is no file',
    },
    current: {
      kind: 'boolean',
      says: ['works with its settings as they are now', 'does not work with its settings as they are now'],
      description: 'That it was started after the last change of its file, with the options that its unit has',
    },
    swarm: { kind: 'text', description: 'State of this node in a swarm; inactive is none' },
    log_driver: { kind: 'text', description: 'Driver of containers that name none, now and from the next start on' },
    log_max_size: { kind: 'size', description: 'Most bytes of one log file, for new containers; absent: no limit' },
    log_max_file: { kind: 'number', description: 'Most log files, for new containers' },
    live_restore: {
      kind: 'boolean',
      says: ['is on', 'is off'],
      description: 'That containers go on while dockerd is down, now and from the next start on',
    },
    no_new_privileges: {
      kind: 'boolean',
      says: ['is on', 'is off'],
      description: 'That new containers can gain no privileges, now and from the next start on',
    },
    nofile_soft: { kind: 'number', description: 'Open files, soft limit of new containers; absent: not set' },
    nofile_hard: { kind: 'number', description: 'Open files, hard limit of new containers; absent: not set' },
  },
  example: '{ live_restore: true, current: true }',
  probes: () => [infoProbe, startProbe],
  read: (_, answers) => readDaemon(answers),
});
