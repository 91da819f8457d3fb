import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { composeProbe } from './probe.ts';
import { readComposeFile } from './read.ts';

export default defineResource({
  type: 'compose_file',
  summary: 'The compose files of a directory: where they ask Docker to publish the ports of their services.',
  select: Type.Object({
    dir: Type.String({ pattern: '^/([^\\n]*[^/\\n])?$', description: 'The directory, without a slash at its end' }),
    allow: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Addresses beside loopback that are as good, such as one of a tailnet',
      }),
    ),
  }),
  facts: {
    exists: {
      kind: 'boolean',
      says: ['is there', 'is not there'],
      description: 'That the directory has a file of a name that `docker compose` takes by itself',
    },
    loopback: {
      kind: 'boolean',
      says: ['publishes on loopback alone', 'publishes beyond loopback'],
      description: 'Of each port of each service, overrides included',
    },
  },
  example: '{ dir: /srv/app, loopback: true }',
  probes: ({ dir }) => [composeProbe(dir)],
  read: (options, answers) => readComposeFile(options, answers),
});
