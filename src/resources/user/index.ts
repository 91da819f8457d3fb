import { Type } from '@sinclair/typebox';
import { defineResource } from '../resource.ts';
import { accountProbe, sudoProbe } from './probes.ts';
import { readAccount } from './account.ts';
import { readSudo } from './sudo.ts';

export default defineResource({
  type: 'user',
  summary: 'An account of the host: what it is, whether a password opens it, what it may do through sudo.',
  select: Type.Object({
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', description: 'Name of the account' }),
  }),
  facts: {
    exists: { kind: 'boolean', says: ['exists', 'does not exist'], description: 'That there is such an account' },
    uid: { kind: 'number', description: 'Its number' },
    same_uid: { kind: 'words', description: 'Other accounts with the same number, which are this one to the kernel' },
    home: { kind: 'text', description: 'Its home directory as the account says it' },
    home_exists: {
      kind: 'boolean',
      says: ['has a home directory', 'has no home directory'],
      description: 'Its home is there and is a directory',
    },
    home_owner: { kind: 'text', description: 'Who owns its home directory' },
    home_mode: { kind: 'mode', description: 'Permission bits of its home directory' },
    ssh_dir_type: {
      kind: 'text',
      description: 'What .ssh in its home is, links followed; absent when it is not there',
    },
    ssh_dir_mode: { kind: 'mode', description: 'Permission bits of .ssh in its home' },
    ssh_dir_owner: { kind: 'text', description: 'Who owns .ssh in its home' },
    ssh_dir_group: { kind: 'text', description: 'Which group .ssh in its home belongs to' },
    shell: { kind: 'text', description: 'Its login shell' },
    shell_valid: {
      kind: 'boolean',
      says: ['has a shell to log in with', 'has no shell to log in with'],
      description: 'Its shell is in /etc/shells, can be executed, and is no nologin or false',
    },
    password: {
      kind: 'text',
      values: ['locked', 'empty', 'usable'],
      description: 'What its password is good for. empty: it logs in without one',
    },
    groups: { kind: 'words', description: 'Every group it is in, its own first group included' },
    privileged_groups: {
      kind: 'words',
      description:
        'Those of its groups that lead to root or to what only root should see: docker, sudo, lxd, disk, adm, …',
    },
    sudo: {
      kind: 'text',
      values: ['none', 'listed', 'everything', 'everything without a password'],
      description:
        'What it may do through sudo, as whomever. listed: certain commands only; a shell, su, or a whole directory counts as everything',
    },
    sudo_rules: { kind: 'words', description: 'Its sudo rules, one for each run-as, options and commands' },
  },
  example: '{ name: app, uid: { at_least: 1000 }, password: locked, sudo: none }',
  probes: ({ name }) => [accountProbe(name), sudoProbe(name)],
  read: ({ name }, answers) => [...readAccount(name, answers), ...readSudo(name, answers)],
});
