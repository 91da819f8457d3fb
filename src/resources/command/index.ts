import { Type } from '@sinclair/typebox';
import type { HostProbe } from '../../model/probe.ts';
import { defineResource } from '../resource.ts';
import { readCommand } from './read.ts';

/** The command is its own name, so that one name is one question. */
function commandProbe({ run, timeout }: { run: string; timeout?: number }): HostProbe {
  const limit = timeout === undefined ? '' : ` (${timeout} s)`;
  return {
    kind: 'host',
    name: `command:${run}${limit}`,
    run,
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
  };
}

export default defineResource({
  type: 'command',
  summary: 'The last resort: what a shell command of your own prints. It runs as root and must change nothing.',
  select: Type.Object({
    run: Type.String({ minLength: 1, description: 'POSIX sh; no secrets in it, for it is stored with its output' }),
    answers: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 255 }), {
        minItems: 1,
        description: 'Exit codes with which its output counts; 0 alone unless said (grep also answers with 1)',
      }),
    ),
    timeout: Type.Optional(Type.Integer({ minimum: 1, maximum: 300, description: 'Seconds; 10 unless said' })),
  }),
  facts: {
    code: { kind: 'number', description: 'Its exit code' },
    stdout: { kind: 'text', description: 'What it printed, without the last line break' },
    stderr: { kind: 'text', description: 'What it complained about, without the last line break' },
  },
  example: '{ run: cat /proc/sys/kernel/randomize_va_space, stdout: "2" }',
  probes: (options) => [commandProbe(options)],
  read: (options, answers) => readCommand(options.answers ?? [0], commandProbe(options).name, options.run, answers),
});
