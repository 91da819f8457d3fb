import { Type } from '@sinclair/typebox';
import { infoProbe } from '../docker/probes.ts';
import { startProbe } from '../docker_daemon/probe.ts';
import { listenersProbe } from '../listeners/probe.ts';
import { defineResource } from '../resource.ts';
import { readApi } from './read.ts';

export default defineResource({
  type: 'docker_api',
  summary:
    'Where dockerd takes orders: by the options it runs with and would start with, its file, its socket units, and its open ports.',
  select: Type.Object({}),
  facts: {
    tcp: {
      kind: 'boolean',
      says: ['is offered over TCP', 'is not offered over TCP'],
      description:
        'That the API can be reached over the network, loopback included, with TLS or without; once for each place that decides',
    },
    socket_mode: { kind: 'mode', description: 'Mode that docker.socket gives its socket at the next start' },
    socket_owner: { kind: 'text', description: 'Owner that it gives it' },
    socket_group: { kind: 'text', description: 'Group that it gives it' },
    sockets: { kind: 'words', description: 'Unix sockets that it has or is told to have, /var/run written as /run' },
  },
  example: '{ tcp: false, sockets: { only: [/run/docker.sock] } }',
  probes: () => [infoProbe, startProbe, listenersProbe],
  read: (_, answers) => readApi(answers),
});
