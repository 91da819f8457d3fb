import { Type } from '@sinclair/typebox';
import { aptConfigProbe } from '../apt_config/probe.ts';
import { releaseProbe } from '../os/probes.ts';
import { defineResource } from '../resource.ts';
import { updatesProbe } from '../updates/probe.ts';
import { archivesProbe, installedProbe } from './probe.ts';
import { readUpgrades } from './read.ts';

export default defineResource({
  type: 'unattended_upgrades',
  summary: 'What unattended-upgrades would do: how often, from which archives, and which packages it leaves alone.',
  select: Type.Object({
    packages: Type.Optional(Type.Array(Type.String(), { description: 'Packages that not_excluded looks at' })),
  }),
  facts: {
    lists_every: { kind: 'duration', description: 'How often package lists are downloaded; absent when never' },
    upgrades_every: {
      kind: 'duration',
      description: 'How often upgrades are installed while the host runs; absent when never',
    },
    allows_security: {
      kind: 'boolean',
      says: ['are installed', 'are not installed'],
      description: "The release's security archive is among those that apt uses, and one of the origins matches it",
    },
    allows_release: {
      kind: 'boolean',
      says: ['are installed', 'are not installed'],
      description: "An origin matches the release's own archive",
    },
    allows_esm: {
      kind: 'boolean',
      says: ['are installed', 'are not installed'],
      description: "Origins match Ubuntu's two archives of extended maintenance; left out where the release has none",
    },
    not_excluded: { kind: 'words', description: 'Those of packages that it would upgrade' },
    holds_back: {
      kind: 'words',
      description:
        "Packages, of those installed and a few that often need security updates, that its lists keep from being upgraded; Docker's are left out",
    },
    reboots: {
      kind: 'boolean',
      says: ['reboots by itself', 'does not reboot by itself'],
      description: 'Reboots when a package asks for it',
    },
  },
  example: '{ allows_security: true, holds_back: [], reboots: false }',
  probes: () => [aptConfigProbe, archivesProbe, releaseProbe, updatesProbe, installedProbe],
  read: (options, answers) => readUpgrades(options, answers),
});
