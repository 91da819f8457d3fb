import { Type } from '@sinclair/typebox';
import { interfacesProbe } from '../interfaces/probe.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { defineResource } from '../resource.ts';
import { rulesFileProbe } from './probe.ts';
import { readRulesFile } from './read.ts';

export default defineResource({
  type: 'iptables_file',
  summary:
    'A file of rules for iptables-restore: whether it is whole, what its rules would do, whether they are loaded.',
  select: Type.Object({
    path: Type.String({ pattern: '^/[^\\n]+$', description: 'The file' }),
    chain: Type.String({ pattern: '^[A-Za-z0-9_.-]+$', description: 'The chain that it is there for' }),
    family: Type.Optional(
      Type.Union([Type.Literal('ipv4'), Type.Literal('ipv6')], { description: 'ipv4 unless said' }),
    ),
    external: Type.Optional(
      Type.Array(Type.String(), { description: 'Interfaces that face the internet; found when empty' }),
    ),
  }),
  facts: {
    whole: {
      kind: 'boolean',
      says: ['can be loaded again and again', 'cannot be loaded again and again'],
      description:
        'That every line is understood, COMMIT and the last line break are there, and the chain is declared: without that each load would add its rules once more',
    },
    declares: { kind: 'words', description: 'The chains that loading it flushes: those that it declares' },
    verdict: {
      kind: 'text',
      values: ['blocked', 'let through'],
      description: 'What its rules would do to a new connection from each interface that faces the internet',
    },
    loaded: {
      kind: 'boolean',
      says: ['is what is loaded', 'is not what is loaded'],
      description:
        'That the live chain has the same rules in the same order, but for a RETURN that Docker adds at the end',
    },
  },
  example: '{ path: /etc/docker/iptables-rules.conf, chain: DOCKER-USER, whole: true, verdict: blocked }',
  probes: ({ path, family }) => [
    rulesFileProbe(path),
    family === 'ipv6' ? ip6tablesProbe : iptablesProbe,
    interfacesProbe,
  ],
  read: (options, answers) => readRulesFile(options, answers),
});
