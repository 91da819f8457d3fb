import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { readMethods } from './read.ts';

export default defineResource({
  type: 'ssh_login',
  summary: 'What a login over the network meets: the running daemon itself, asked from outside.',
  select: Type.Object({
    outside: Type.Optional(
      Type.String({
        // A pattern and no enum: an input may stand here.
        pattern: '^(auto|any|none)$',
        description: 'auto or any: ask; none: there is no outside to look from, skip it and say so',
      }),
    ),
  }),
  facts: {
    methods: { kind: 'words', description: 'Authentication methods offered to the account that the audit logs in as' },
  },
  example: '{ methods: { only: [publickey] } }',
  probes: ({ outside }) => (outside === 'none' ? [] : [{ kind: 'login', name: 'ssh_login.methods' }]),
  read: (options, answers) => [readMethods(options.outside, answers)],
});
