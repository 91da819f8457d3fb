import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { packageProbe } from './probe.ts';
import { readPackages } from './read.ts';

export default defineResource({
  type: 'package',
  summary: 'Packages of Debian and Ubuntu, each with a finding of its own.',
  select: Type.Object({
    names: Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9+.-]+$' }), {
      minItems: 1,
      uniqueItems: true,
      description: 'Names of packages, without architecture and without wildcards',
    }),
  }),
  facts: {
    installed: {
      kind: 'boolean',
      says: ['is installed', 'is not installed'],
      description: 'Unpacked and configured; removed with its configuration left behind is not installed',
    },
    version: { kind: 'text', description: 'Its version; absent when it is not installed' },
  },
  example: '{ names: [ufw, fail2ban], installed: true }',
  probes: ({ names }) => [packageProbe(names)],
  read: ({ names }, answers) => readPackages(names, answers),
});
