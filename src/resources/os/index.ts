import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { kernelProbe, releaseProbe } from './probes.ts';
import { readKernel } from './kernel.ts';
import { readRelease } from './release.ts';

export default defineResource({
  type: 'os',
  summary: 'The operating system: which release it is, which kernel runs, and whether it waits for a reboot.',
  select: Type.Object({}),
  facts: {
    id: { kind: 'text', description: 'ID of os-release: ubuntu, debian' },
    version: { kind: 'text', description: 'VERSION_ID of os-release: "24.04"' },
    codename: { kind: 'text', description: 'VERSION_CODENAME of os-release: noble' },
    kernel: { kind: 'text', description: 'Release of the running kernel, as uname -r says it' },
    reboot_pending: {
      kind: 'boolean',
      says: ['waits for a reboot', 'does not wait for a reboot'],
      description: 'A package asked for a reboot, or another kernel than the newest installed one runs',
    },
  },
  example: '{ id: ubuntu, version: "24.04" }',
  probes: () => [releaseProbe, kernelProbe],
  read: (_options, answers) => [...readRelease(answers), ...readKernel(answers)],
});
