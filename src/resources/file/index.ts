import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { fileProbe } from './probes.ts';
import { readFile } from './read.ts';

export default defineResource({
  type: 'file',
  summary: 'A file, directory or link: whether it is there, who owns it, who may use it, who could replace it.',
  select: Type.Object({
    path: Type.String({
      pattern: '^/([^\\n]*[^/\\n])?$',
      description: 'Absolute path, without a slash at its end',
    }),
    follow: Type.Optional(
      Type.Boolean({ description: 'Look at what a symbolic link leads to. Otherwise at the link itself' }),
    ),
    trusted: Type.Optional(
      Type.Array(Type.String(), { description: 'Owners that parents_protected accepts; root unless said' }),
    ),
  }),
  facts: {
    exists: { kind: 'boolean', says: ['exists', 'does not exist'], description: 'That it is there' },
    type: {
      kind: 'text',
      values: ['file', 'directory', 'symlink', 'socket', 'fifo', 'block device', 'character device'],
      description: 'What it is',
    },
    mode: { kind: 'mode', description: 'Permission bits, setuid, setgid and sticky included' },
    owner: { kind: 'text', description: 'Name of the owner; the number where it has no name' },
    group: { kind: 'text', description: 'Name of the group; the number where it has no name' },
    size: { kind: 'size', description: 'Length in bytes' },
    symlink: {
      kind: 'boolean',
      says: ['is a symbolic link', 'is not a symbolic link'],
      description: 'That the path itself is a link, followed or not',
    },
    target: { kind: 'text', description: 'What the link says; absent when the path is no link' },
    acl: { kind: 'words', description: 'POSIX ACL entries beyond owner, group and others, as getfacl writes them' },
    parents_protected: {
      kind: 'boolean',
      says: ['is safe from others', 'lets others replace what is in it'],
      description: 'For every directory and link on the way: owned by a trusted account, writable by nobody else',
    },
  },
  example: '{ path: /etc/shadow, owner: root, mode: { no_more_than: "0640" } }',
  probes: (options) => [fileProbe(options)],
  read: (options, answers) => readFile(options, answers),
});
