import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { keywords } from './keywords.ts';
import { effectiveProbe } from './probes.ts';
import { readSshd } from './read.ts';
import { settingsFact } from './settings.ts';

export default defineResource({
  type: 'sshd',
  summary: "What sshd makes of its configuration, in sshd's own words, for logins that meet every Match block.",
  select: Type.Object({}),
  facts: {
    ...Object.fromEntries(Object.entries(keywords).map(([name, { fact }]) => [name, fact])),
    Port: { kind: 'number', description: 'Port in the configuration, of ListenAddress where that has one' },
    valid: { kind: 'boolean', says: ['is valid', 'is not valid'], description: 'That `sshd -t` finds no mistake' },
    settings: settingsFact,
  },
  example: '{ PermitRootLogin: "no", LoginGraceTime: { at_least: 1, at_most: 30 } }',
  probes: () => [effectiveProbe],
  read: (_, answers) => readSshd(answers),
});
