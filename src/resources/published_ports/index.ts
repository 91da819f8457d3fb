import { Type } from '@sinclair/typebox';
import { infoProbe, inspectProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { readPublished } from './read.ts';

const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { minItems: 1, description }));

export default defineResource({
  type: 'published_ports',
  summary:
    'Ports that Docker publishes for containers, and will publish for those that are stopped: on which addresses.',
  select: Type.Object({
    names: texts('Only of containers of these names, where * stands for any text'),
    labels: texts('Only of containers with one of these labels, name=value'),
    ports: texts(
      'Only these ports, inside the container or outside; together with names and labels: what any of them fits',
    ),
    allow: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Addresses beside loopback that are as good, such as one of a tailnet',
      }),
    ),
  }),
  facts: {
    loopback: {
      kind: 'boolean',
      says: ['is published on loopback alone', 'is published beyond loopback'],
      description: 'Of each port of each container and address',
    },
  },
  example: '{ names: [proxy], loopback: true }',
  probes: () => [inspectProbe, infoProbe],
  read: (options, answers) => readPublished(options, answers),
});
