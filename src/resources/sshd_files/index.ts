import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { effectiveProbe } from '../sshd/probes.ts';
import { readFiles } from './read.ts';

export default defineResource({
  type: 'sshd_files',
  summary: 'The files that sshd reads, the directories that lead to them, its host keys: who may change or read them.',
  select: Type.Object({
    which: Type.Unsafe<'config' | 'directories' | 'host_keys'>({
      type: 'string',
      enum: ['config', 'directories', 'host_keys'],
      description:
        'config: sshd_config and every file included; directories: all that lead to them or are named by an Include',
    }),
  }),
  facts: {
    owner: { kind: 'text', description: 'Name of the owner, of each' },
    group: { kind: 'text', description: 'Name of the group, of each' },
    mode: { kind: 'mode', description: 'Permission bits, of each; links are followed' },
  },
  example: '{ which: config, owner: root, mode: { no_more_than: "0755" } }',
  probes: () => [effectiveProbe],
  read: (options, answers) => readFiles(options.which, answers),
});
