import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { rivalsProbe } from './probe.ts';
import { readRivals } from './read.ts';

export default defineResource({
  type: 'ufw_rivals',
  summary: 'Units and scripts besides UFW that load packet filters by themselves, at boot or by the clock.',
  select: Type.Object({
    allow: Type.Optional(Type.Array(Type.String(), { description: 'Units that may: docker-iptables.service' })),
  }),
  facts: {
    loaders: {
      kind: 'words',
      description:
        'Units that start by themselves, and scripts and crontabs, with a command that is nft, iptables, firewalld or the like',
    },
  },
  example: '{ loaders: { count: 0 } }',
  probes: () => [rivalsProbe],
  read: ({ allow }, answers) => readRivals((allow ?? []) as string[], answers),
});
