import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { envProbe } from './probe.ts';
import { readEnvFile } from './read.ts';

export default defineResource({
  type: 'env_file',
  summary:
    'A .env file as far as it can be told without its values: template values left in it, copies beside it, git.',
  select: Type.Object({
    dir: Type.String({
      pattern: '^/([^\\n]*[^/\\n])?$',
      description: 'The directory with the .env file, without a slash at its end',
    }),
  }),
  facts: {
    keys: { kind: 'number', description: 'How many keys the file sets' },
    placeholders: {
      kind: 'words',
      description: 'Keys whose values are those of a template: your_…, generate_secure_…, changeme',
    },
    copies: {
      kind: 'records',
      description: 'Other files in the directory and the ones below it that look like .env files, but templates',
      fields: {
        name: { kind: 'text', description: 'Path' },
        mode: { kind: 'mode', description: 'Permission bits, of what a link leads to' },
        owner: { kind: 'text', description: 'Name of the owner' },
      },
    },
    templates_with_secrets: {
      kind: 'words',
      description: 'Templates (.example, .template, .sample, .dist) that hold a secret of the .env file',
    },
    tracked: { kind: 'words', description: 'Such files, but templates, that git keeps' },
  },
  example: '{ dir: /srv/app, placeholders: [], keys: { at_least: 1 } }',
  probes: (options) => [envProbe(options.dir)],
  read: (options, answers) => readEnvFile(options.dir, answers),
});
