import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { keywords } from './keywords.ts';
import type { Lines } from './lines.ts';
import { effectiveProbe } from './probes.ts';
import { readSshd } from './read.ts';

export default defineResource({
  type: 'sshd',
  summary: "What sshd makes of its configuration, in sshd's own words, for logins that meet every Match block.",
  select: Type.Object({
    lines: Type.Optional(
      Type.Unsafe<Lines>({
        type: 'string',
        enum: ['in_drop_ins', 'under_match'],
        description: 'Look at each line of included files, or under a Match, by itself, effective or not',
      }),
    ),
  }),
  facts: {
    ...Object.fromEntries(Object.entries(keywords).map(([name, { fact }]) => [name, fact])),
    Port: { kind: 'number', description: 'Port in the configuration, of ListenAddress where that has one' },
    valid: { kind: 'boolean', says: ['is valid', 'is not valid'], description: 'That `sshd -t` finds no mistake' },
    complete: {
      kind: 'boolean',
      says: ['was read to its end', 'was not read to its end'],
      description: 'That every line of every file is known: expect it where `lines` may find none',
    },
  },
  example: '{ PermitRootLogin: "no", LoginGraceTime: { at_least: 1, at_most: 30 } }',
  probes: () => [effectiveProbe],
  read: ({ lines }, answers) => readSshd(lines, answers),
});
