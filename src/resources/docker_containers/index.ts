import { Type } from '@sinclair/typebox';
import { inspectProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { readContainers } from './read.ts';

export default defineResource({
  type: 'docker_containers',
  summary: "What each container really has of the daemon's defaults, which it got when it was created.",
  select: Type.Object({}),
  facts: {
    log_driver: { kind: 'text', description: 'Where its output goes' },
    log_max_size: { kind: 'size', description: 'Most bytes of one log file; absent: no limit' },
    log_max_file: { kind: 'number', description: 'Most log files' },
    nofile_soft: { kind: 'number', description: 'Open files of the main process of a running container, soft limit' },
    nofile_hard: { kind: 'number', description: 'Open files of the main process of a running container, hard limit' },
  },
  example: '{ log_max_size: { at_most: 10MiB } }',
  probes: () => [inspectProbe],
  read: (_, answers) => readContainers(answers),
});
