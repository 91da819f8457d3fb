import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { listenersProbe } from './probe.ts';
import { readListeners } from './read.ts';

export default defineResource({
  type: 'listeners',
  summary: 'The sockets on which the host waits for others, those on loopback left out.',
  select: Type.Object({}),
  facts: {
    tcp: { kind: 'words', description: 'TCP ports at any address beyond loopback' },
    udp: {
      kind: 'words',
      description: 'UDP ports at any address beyond loopback, but for those of a DHCP client',
    },
  },
  example: '{ tcp: { within: ["22"] } }',
  probes: () => [listenersProbe],
  read: (_, answers) => readListeners(answers),
});
