import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { keysProbe } from './probe.ts';
import { readKeys } from './read.ts';

export default defineResource({
  type: 'authorized_keys',
  summary: 'The keys that let in as an account, from every file that sshd reads for it.',
  select: Type.Object({
    user: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', description: 'Name of the account' }),
    expected: Type.Optional(
      Type.Array(Type.String(), {
        description: 'SHA256 fingerprints that as_expected compares with; any key unless said',
      }),
    ),
  }),
  facts: {
    files: {
      kind: 'records',
      description: 'The files that are there, links followed',
      fields: {
        name: { kind: 'text', description: 'Path' },
        type: { kind: 'text', description: 'What it is: file, directory, …; broken link' },
        mode: { kind: 'mode', description: 'Permission bits' },
        owner: { kind: 'text', description: 'Name of the owner; the number where it has no name' },
        group: { kind: 'text', description: 'Name of the group; the number where it has no name' },
        link: { kind: 'boolean', says: ['is a link', 'is no link'], description: 'The path itself is a symbolic link' },
      },
    },
    strict: {
      kind: 'boolean',
      says: ['passes StrictModes', 'is refused by StrictModes'],
      description:
        'For each file: it and its directories belong to the account or root, and nobody else may write to them',
    },
    keys: {
      kind: 'records',
      description: 'The keys in them, as ssh-keygen understands them',
      fields: {
        name: { kind: 'text', description: 'Fingerprint, comment, and where it stands' },
        fingerprint: { kind: 'text', description: 'SHA256:…' },
        type: { kind: 'text', description: 'RSA, ECDSA, ED25519, DSA, …' },
        bits: { kind: 'number', description: 'Its size' },
        options: { kind: 'words', description: 'Names of its options' },
        weak: {
          kind: 'boolean',
          says: ['is too weak', 'is not too weak'],
          description: 'RSA of fewer than 3072 bits, or DSA',
        },
        authority: {
          kind: 'boolean',
          says: ['lets in whomever it has signed', 'is an ordinary key'],
          description: 'It has the option cert-authority',
        },
      },
    },
    ways_in: {
      kind: 'number',
      description: 'Keys that give a shell: not bound to a command, not expired, in a file that StrictModes lets pass',
    },
    garbage: {
      kind: 'number',
      description: 'Lines that are neither a key nor a comment, or have options that sshd refuses',
    },
    as_expected: {
      kind: 'boolean',
      says: ['is as expected', 'is not as expected'],
      description: 'For each key that it is among the expected ones, for each of those that it is there',
    },
    elsewhere: {
      kind: 'boolean',
      says: ['come from elsewhere, too', 'come from files only'],
      description: 'AuthorizedKeysCommand or TrustedUserCAKeys is set for it, or a key has the option cert-authority',
    },
  },
  example: '{ user: app, ways_in: { at_least: 1 }, garbage: 0, elsewhere: false }',
  probes: ({ user }) => [keysProbe(user)],
  read: (options, answers) => readKeys(options, answers),
});
