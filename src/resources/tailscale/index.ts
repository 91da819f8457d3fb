import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { tailscaleProbe } from './probe.ts';
import { readTailscale, type Demand } from './read.ts';

export default defineResource({
  type: 'tailscale',
  summary: 'Tailscale: whether it is there and runs, whether it takes SSH away from sshd, what the tailnet can reach.',
  select: Type.Object({
    demand: Type.Optional(
      Type.String({
        pattern: '^(optional|required|absent)$',
        description: 'optional (unless said), required or absent',
      }),
    ),
  }),
  facts: {
    present: {
      kind: 'boolean',
      says: ['is there', 'is not there'],
      description: 'A program, socket, state, device or process of it is there',
    },
    concerned: {
      kind: 'boolean',
      says: ['is there or has to be', 'is neither there nor has to be'],
      description: 'It is there, or it is required: what is asked of Tailscale means something',
    },
    running: { kind: 'boolean', says: ['runs', 'does not run'], description: 'BackendState is Running' },
    as_wanted: {
      kind: 'boolean',
      says: ['is as the profile wants it', 'is not as the profile wants it'],
      description: 'Running when it is required, or when it is there and optional; not there when it has to be absent',
    },
    serves_ssh: {
      kind: 'boolean',
      says: ['serves SSH itself', 'leaves SSH to sshd'],
      description: 'RunSSH: port 22 of the tailnet address is answered by tailscaled, past sshd_config',
    },
    reachable_tcp: { kind: 'words', description: 'TCP ports with a listener on all addresses or on a tailnet address' },
    reachable_udp: { kind: 'words', description: 'UDP ports with a listener on all addresses or on a tailnet address' },
  },
  example: '{ demand: required, as_wanted: true, serves_ssh: false }',
  probes: () => [tailscaleProbe],
  read: ({ demand }, answers) => readTailscale((demand ?? 'optional') as Demand, answers),
});
