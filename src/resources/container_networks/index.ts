import { Type } from '@sinclair/typebox';
import { inspectProbe, networksProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { readNetworks } from './read.ts';

export default defineResource({
  type: 'container_networks',
  summary:
    "The networks of each Docker container: whether the engine's firewall rules stand between it and the outside.",
  select: Type.Object({
    except: Type.Optional(Type.Array(Type.String(), { description: 'Names of containers that are left out' })),
  }),
  facts: {
    filtered: {
      kind: 'boolean',
      says: ['is only in networks that Docker filters', 'is in a network that Docker does not filter'],
      description:
        "That it is in bridge networks or in none, not in the host's and in no macvlan or ipvlan one; stopped ones count too",
    },
  },
  example: '{ filtered: true }',
  probes: () => [inspectProbe, networksProbe],
  read: (options, answers) => readNetworks(options, answers),
});
