import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { configProbe, serverProbe } from './probes.ts';
import { readFail2ban } from './read.ts';

export default defineResource({
  type: 'fail2ban',
  summary: 'fail2ban as a whole: whether its server answers, and whether its files are valid and what it runs with.',
  select: Type.Object({}),
  facts: {
    running: {
      kind: 'boolean',
      says: ['answers', 'does not answer'],
      description: 'The process that fail2ban.service started answers a ping over its socket',
    },
    valid: {
      kind: 'boolean',
      says: ['are valid', 'are not valid'],
      description:
        'fail2ban itself can read its files, as fail2ban-client -t tests it: one broken jail keeps all from starting',
    },
    differences: {
      kind: 'words',
      description:
        'What runs with another value than the files give: edited and not reloaded, or gone at the next start',
    },
    default_bantime: {
      kind: 'duration',
      description: 'bantime of [DEFAULT], as all files together give it; -1 (for ever) counts as 100 years',
    },
    default_findtime: { kind: 'duration', description: 'findtime of [DEFAULT]' },
    default_maxretry: { kind: 'number', description: 'maxretry of [DEFAULT]' },
  },
  example: '{ running: true, valid: true, differences: [] }',
  probes: () => [serverProbe, configProbe],
  read: (_options, answers) => readFail2ban(answers),
});
