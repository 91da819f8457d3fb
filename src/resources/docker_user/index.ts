import { Type } from '@sinclair/typebox';
import { infoProbe } from '../docker/probes.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { defineResource } from '../resource.ts';
import { readDockerUser } from './read.ts';

export default defineResource({
  type: 'docker_user',
  summary: "Docker's chain for the operator, DOCKER-USER: whether the engine uses it and packets get to it.",
  select: Type.Object({
    family: Type.Optional(
      Type.Union([Type.Literal('ipv4'), Type.Literal('ipv6')], { description: 'ipv4 unless said' }),
    ),
    external: Type.Optional(
      Type.Array(Type.String(), { description: 'Interfaces that face the internet; found when empty' }),
    ),
  }),
  facts: {
    engine_uses_iptables: {
      kind: 'boolean',
      says: ['programs iptables', 'does not program iptables'],
      description: "That the engine says so, or, where it is too old to say, that its chains are among iptables' rules",
    },
    hooked: {
      kind: 'boolean',
      says: ['sees all that is forwarded from outside', 'does not see all that is forwarded from outside'],
      description: 'That FORWARD jumps to it without a condition, and accepts nothing from outside before',
    },
    named_interfaces: { kind: 'words', description: 'Interfaces that its dropping and rejecting rules name' },
    named_exist: {
      kind: 'boolean',
      says: ['names interfaces that exist', 'names an interface that does not exist'],
      description: 'That the host has every interface which a dropping rule names',
    },
    one_backend: {
      kind: 'boolean',
      says: ['has all its rules where iptables shows them', 'has rules beside those that iptables shows'],
      description:
        'That the kernel has no rules of the kind that iptables does not look at, and no table of nft that rewrites addresses',
    },
  },
  example: '{ hooked: true }',
  probes: ({ family }) => [family === 'ipv6' ? ip6tablesProbe : iptablesProbe, interfacesProbe, infoProbe],
  read: (options, answers) => readDockerUser(options, answers),
});
