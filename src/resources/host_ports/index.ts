import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { listenersProbe } from '../listeners/probe.ts';
import { readHostPorts } from './read.ts';

const ports = (description: string) =>
  Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{1,5}$' }), { description }));

export default defineResource({
  type: 'host_ports',
  summary: 'Each socket on which the host waits for others, by itself: whether it was to be expected there.',
  select: Type.Object({
    allow_tcp: ports('TCP ports that may be open beyond loopback'),
    allow_udp: ports('UDP ports that may be, beside those of a DHCP client'),
    ports: ports('Look at these ports only, of both protocols'),
  }),
  facts: {
    expected: {
      kind: 'boolean',
      says: ['may listen', 'is not expected to listen'],
      description:
        "Of each socket beyond loopback: an allowed port, a DHCP client, or tailscaled on the tailnet's own address and tunnel",
    },
    loopback: {
      kind: 'boolean',
      says: ['listens on loopback alone', 'listens beyond loopback'],
      description: 'Of each socket; nothing on those ports is a skip',
    },
  },
  example: '{ allow_tcp: ["22"], allow_udp: [], expected: true }',
  probes: () => [listenersProbe, interfacesProbe],
  read: (options, answers) => readHostPorts(options, answers),
});
