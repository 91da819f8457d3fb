import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { repoProbe } from './probe.ts';
import { readRepo } from './read.ts';

export default defineResource({
  type: 'apt_repo',
  summary: "A package repository in apt's sources: how it is fetched, and which key it is believed by.",
  select: Type.Object({
    host: Type.String({ pattern: '^[A-Za-z0-9.-]+$', description: 'Host name in its address' }),
  }),
  facts: {
    configured: {
      kind: 'boolean',
      says: ['is there', 'is not there'],
      description: 'That some source is on that host',
    },
    https: {
      kind: 'boolean',
      says: ['is fetched by https', 'is not fetched by https'],
      description: 'That it is encrypted on its way',
    },
    own_suite: {
      kind: 'boolean',
      says: ["is for this host's release", "is not for this host's release"],
      description: "That its suite is the release's code name",
    },
    signed: {
      kind: 'boolean',
      says: ['is believed only by its own key', 'is believed without its own key'],
      description: 'That it names its key, and nothing lets apt do without',
    },
    consistent: {
      kind: 'boolean',
      says: ['names the same key everywhere', 'names different keys'],
      description: 'apt refuses all sources when two of one repository name different keys',
    },
    fingerprints: { kind: 'words', description: 'Fingerprints of the primary keys that it is believed by' },
    key_protected: {
      kind: 'boolean',
      says: ['has a key that only root can replace', 'has a key that is missing, unreadable or not safe'],
      description: 'That the keyring and its directory belong to root, nobody else may write, and apt may read',
    },
  },
  example: '{ host: download.docker.com, configured: true, signed: true }',
  probes: ({ host }) => [repoProbe(host)],
  read: ({ host }, answers) => readRepo(host, repoProbe(host).name, answers),
});
