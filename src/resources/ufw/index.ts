import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { ufwProbe } from './probes.ts';
import { readUfw } from './read.ts';

export default defineResource({
  type: 'ufw',
  summary: 'UFW as its files have it: whether it starts at boot, whether it minds IPv6, how much it logs.',
  select: Type.Object({}),
  facts: {
    starts_at_boot: {
      kind: 'boolean',
      says: ['is loaded at boot', 'is not loaded at boot'],
      description: 'ENABLED=yes for the shell that sources the settings, and ufw.service is enabled and runs ufw-init',
    },
    ipv6: {
      kind: 'text',
      values: ['managed', 'off', 'left out'],
      description: 'managed (IPV6=yes), off (the host has none), or left out: then UFW drops all IPv6',
    },
    log_level: { kind: 'text', values: ['off', 'low', 'medium', 'high', 'full'], description: 'LOGLEVEL' },
  },
  example: '{ starts_at_boot: true, ipv6: { one_of: [managed, "off"] } }',
  probes: () => [ufwProbe],
  read: (_, answers) => readUfw(answers),
});
