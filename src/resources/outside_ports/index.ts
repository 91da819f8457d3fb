import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { probesOf, type Options } from './probes.ts';
import { readLook } from './read.ts';

export default defineResource({
  type: 'outside_ports',
  summary:
    'Which ports of the host answer, seen from the machine that runs fleet-audit, as the internet would see them.',
  select: Type.Object({
    family: Type.Unsafe<'ipv4' | 'ipv6'>({
      type: 'string',
      enum: ['ipv4', 'ipv6'],
      description: 'Of the addresses that are looked at',
    }),
    protocol: Type.Unsafe<'tcp' | 'udp'>({
      type: 'string',
      enum: ['tcp', 'udp'],
      description: 'All TCP ports, or some UDP ports',
    }),
    ssh_port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description:
        'The port that must be found open wherever the audit itself did not come in: proof that the scan sees the host',
    }),
    outside: Type.Optional(
      Type.String({
        // A pattern and no enum: an input may stand here.
        pattern: '^(auto|any|none)$',
        description:
          'auto: refuse private addresses and ways through tunnels; any: look whatever the way; none: there is no outside to look from, skip it and say so',
      }),
    ),
    address: Type.Optional(
      Type.String({ description: 'Look at this address instead of the one that was connected to; empty: at that one' }),
    ),
  }),
  facts: { open: { kind: 'words', description: 'Ports that answered as open' } },
  example: '{ family: ipv4, protocol: tcp, ssh_port: 22, open: { within: ["22"] } }',
  probes: (options) => probesOf(options as Options),
  read: (options, answers) => readLook(options as Options, answers),
});
