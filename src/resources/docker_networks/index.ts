import { Type } from '@sinclair/typebox';
import { unknownFacts } from '../answer.ts';
import { parseNetworks } from '../docker/networks.ts';
import { networksProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { observe, value } from '../said.ts';

export default defineResource({
  type: 'docker_networks',
  summary: 'The networks that the Docker engine has.',
  select: Type.Object({}),
  facts: {
    names: { kind: 'words', description: 'All of them; bridge, host and none are always there' },
    ipv6: { kind: 'words', description: 'Those with IPv6' },
  },
  example: '{ ipv6: { count: 0 } }',
  probes: () => [networksProbe],
  read(_, answers) {
    const label = (fact: string) => (fact === 'names' ? "Docker's networks" : "Docker's networks with IPv6");
    const seen = parseNetworks(answers);
    if (!seen.ok) return unknownFacts(['names', 'ipv6'], label, networksProbe.name, seen);
    const { networks } = seen;
    return observe(networksProbe.name, label, {
      names: value(networks.map((each) => each.name)),
      ipv6: value(networks.filter((each) => each.ipv6).map((each) => each.name)),
    });
  },
});
