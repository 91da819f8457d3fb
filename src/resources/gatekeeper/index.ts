import { Type } from '@sinclair/typebox';
import { inspectProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { gatekeeperProbe } from './probe.ts';
import { readGatekeeper } from './read.ts';

export default defineResource({
  type: 'gatekeeper',
  summary: "FleetClaw's gatekeepers, and the files that tell them who may do what.",
  select: Type.Object({
    dir: Type.String({
      pattern: '^/([^\\n]*[^/\\n])?$',
      description: 'The directory with users.yaml and permissions.yaml, without a slash at its end',
    }),
  }),
  facts: {
    present: {
      kind: 'boolean',
      says: ['is there', 'is not there'],
      description: 'A container, running or not, that is one by its name, image, service, variables or mounts',
    },
    reads_users: {
      kind: 'boolean',
      says: ['is what it reads', 'is not what it reads'],
      description: 'For each gatekeeper: users.yaml of that directory is mounted where it looks for it',
    },
    reads_permissions: {
      kind: 'boolean',
      says: ['is what it reads', 'is not what it reads'],
      description: 'The same for permissions.yaml',
    },
    users: {
      kind: 'records',
      description:
        'The users of users.yaml, named by file and line; absent when the gatekeeper could not load the file',
      fields: {
        name: { kind: 'text', description: 'File and line' },
        id: {
          kind: 'text',
          values: ['number', 'example', 'odd'],
          description: 'What its telegram_id is: a number, one from the example, or nothing that the gatekeeper takes',
        },
        roles: { kind: 'words', description: 'Its roles' },
        all_assets: { kind: 'boolean', description: 'Has access to every asset, as an empty asset_ids means' },
      },
    },
    roles: {
      kind: 'records',
      description: 'The roles of permissions.yaml; absent when the gatekeeper could not load the file',
      fields: {
        name: { kind: 'text', description: 'Its name' },
        intents: { kind: 'words', description: 'allowed_intents' },
        channels: { kind: 'words', description: 'allowed_channels' },
      },
    },
    undefined_roles: { kind: 'words', description: 'Roles of users that permissions.yaml does not define' },
    all_intents: { kind: 'words', description: 'Roles with the intent `*`' },
  },
  example: '{ dir: /srv/app/config, undefined_roles: { count: 0 } }',
  probes: ({ dir }) => [inspectProbe, gatekeeperProbe(dir)],
  read: ({ dir }, answers) => readGatekeeper(dir, answers),
});
