import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { swapProbe } from './probe.ts';
import { readSwap } from './read.ts';

export default defineResource({
  type: 'swap',
  summary: 'Swap space: what is in use, how much it is, who may read it, and whether it comes back after a reboot.',
  select: Type.Object({
    required: Type.Optional(
      Type.Unsafe<string | number>({
        type: ['string', 'number'],
        pattern: '^[0-9]+(\\.[0-9]+)? ?[KMGT]?(i?B)?$',
        description: 'The size that `enough` is about: 4GiB',
      }),
    ),
    zram: Type.Optional(Type.Boolean({ description: 'Compressed memory counts as swap, too' })),
  }),
  facts: {
    active: { kind: 'boolean', says: ['is in use', 'is not in use'], description: 'That there is any' },
    total_bytes: {
      kind: 'size',
      description: "In all, as the kernel counts it: a page less per device than the device's size",
    },
    enough: {
      kind: 'boolean',
      says: ['is large enough', 'is too small'],
      description: 'That it is at least 99 % of `required`, for the first page of each device does not count',
    },
    persistent: {
      kind: 'boolean',
      says: ['comes back after a reboot', 'does not come back after a reboot'],
      description: 'For each device in use: that fstab or an enabled unit names it',
    },
    devices: {
      kind: 'records',
      description: 'What is in use',
      fields: {
        name: { kind: 'text', description: 'Path of the file or the device' },
        type: { kind: 'text', values: ['file', 'partition'], description: 'What it is' },
        size: { kind: 'size', description: 'Its size' },
        mode: { kind: 'mode', description: 'Permission bits' },
        owner: { kind: 'text', description: 'Name of its owner' },
      },
    },
  },
  example: '{ required: 4GiB, enough: true }',
  probes: () => [swapProbe],
  read: (options, answers) => readSwap(options, answers),
});
