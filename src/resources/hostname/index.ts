import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { nameProbe, resolveProbe } from './probes.ts';
import { readAddresses } from './addresses.ts';
import { readName } from './name.ts';

export default defineResource({
  type: 'hostname',
  summary: "The host's name: what it is now, what it will be after a reboot, and what it resolves to.",
  select: Type.Object({}),
  facts: {
    static: { kind: 'text', description: 'The name in /etc/hostname, which counts from the next boot on' },
    current: { kind: 'text', description: 'The name that the running kernel has' },
    preserved: {
      kind: 'boolean',
      says: ['is left alone by cloud-init', 'may be set again by cloud-init'],
      description: 'cloud-init is not there, is off, or is told preserve_hostname: true',
    },
    addresses: { kind: 'words', description: 'What the current name resolves to on the host itself' },
    loopback: {
      kind: 'boolean',
      says: ['resolves to loopback only', 'does not resolve to loopback only'],
      description: 'Every address of the current name is 127.0.0.0/8 or ::1',
    },
  },
  example: '{ static: web-1, current: web-1, loopback: true }',
  probes: () => [nameProbe, resolveProbe],
  read: (_options, answers) => [...readName(answers), ...readAddresses(answers)],
});
