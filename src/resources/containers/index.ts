import { Type } from '@sinclair/typebox';
import { inspectProbe } from '../docker/probes.ts';
import { defineResource } from '../resource.ts';
import { mountsProbe } from './probe.ts';
import { readContainers } from './read.ts';

const label = Type.String({ pattern: '^[^=]+(=.*)?$' });

export default defineResource({
  type: 'containers',
  summary:
    'The Docker containers of the host, each by itself: as whom they run, what they may, what they have of the host.',
  select: Type.Object({
    label: Type.Optional({ ...label, description: 'Only those with this label, name=value' }),
    without_label: Type.Optional({ ...label, description: 'Only those without it' }),
    except: Type.Optional(Type.Array(Type.String(), { description: 'Names of containers that are left out' })),
    guarded: Type.Optional(
      Type.Array(Type.String({ pattern: '^/' }), { description: "Further files of the host's own system" }),
    ),
  }),
  facts: {
    nonroot: {
      kind: 'boolean',
      says: ['runs without root', 'runs as root'],
      description: 'Of each that runs: that no process of it has the user id 0, as the host counts',
    },
    no_new_privs: {
      kind: 'boolean',
      says: ['cannot gain rights', 'can gain rights by setuid programs'],
      description: 'Of each that runs: that the kernel has no_new_privs set for every process of it',
    },
    privileged: {
      kind: 'boolean',
      says: ['is privileged', 'is not privileged'],
      description: 'Made with --privileged; stopped ones count too',
    },
    added_capabilities: {
      kind: 'words',
      description: 'Capabilities beyond those that Docker gives to every container, asked for or had by a process',
    },
    host_namespaces: { kind: 'words', description: "Those of pid, ipc, uts, user, cgroup that are the host's" },
    unconfined: { kind: 'words', description: 'seccomp, apparmor and the like, where they are off' },
    devices: { kind: 'words', description: 'Devices of the host that it was given, and rules and requests for some' },
    engine_sockets: {
      kind: 'words',
      description:
        'Mounted paths of the host that are, or hold, the socket of a container engine, read-only ones included',
    },
    writable_host_paths: {
      kind: 'words',
      description:
        "Mounted paths of the host's own system that can be written: /, /etc, /usr, /root, home directories, compose files, …",
    },
  },
  example: '{ except: [proxy], nonroot: true }',
  probes: () => [inspectProbe, mountsProbe],
  read: (options, answers) => readContainers(options, answers),
});
