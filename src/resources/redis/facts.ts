import type { Fact } from '../../matchers/index.ts';
import { permissions } from './reply.ts';

const permission = (description: string): Fact => ({ kind: 'text', values: permissions, description });

export const facts: Record<string, Fact> = {
  deployed: {
    kind: 'boolean',
    says: ['is deployed', 'is not deployed'],
    description: 'That there is such a container; false only where nothing on the host looks like a Redis or an agent',
  },
  alone: {
    kind: 'boolean',
    says: ['is the only Redis of the host', 'is not the only Redis of the host'],
    description: 'That no other container and no process of the host looks like a Redis',
  },
  running: { kind: 'boolean', says: ['is running', 'is not running'], description: 'That the container runs now' },
  acl_file: { kind: 'text', description: "CONFIG GET aclfile: the path in the container; absent where there's none" },
  unauthenticated: {
    kind: 'text',
    values: ['refused', 'served'],
    description: 'What a client gets that never logged in',
  },
  default_user: { kind: 'text', values: ['off', 'on'], description: 'The default user, as ACL LIST has it' },
  users: { kind: 'number', description: 'How many users there are' },
  user_enabled: {
    kind: 'boolean',
    says: ['is enabled', 'is not enabled'],
    description: "That each asset's user exists and can log in",
  },
  user_password: {
    kind: 'boolean',
    says: ['needs a password', 'needs no password'],
    description: "That each asset's user needs a password",
  },
  keys_beyond: { kind: 'words', description: "Key patterns of each asset's user beyond those of FleetClaw's template" },
  channels_beyond: { kind: 'words', description: 'The same for channels' },
  commands_beyond: { kind: 'words', description: 'The same for commands' },
  reaches_keys: { kind: 'words', description: 'Other assets whose inbox key the key patterns match' },
  reaches_channels: { kind: 'words', description: 'Other assets whose inbox channel the channel patterns match' },
  dangerous_commands: {
    kind: 'words',
    description:
      "Commands that take over, empty or script the server and that each asset's user may run: by ACL DRYRUN, and by its rules and the server's categories @admin, @dangerous and @scripting",
  },
  other_key: permission("GET on another asset's inbox, by ACL DRYRUN"),
  other_subscribe: permission("SUBSCRIBE to another asset's inbox"),
  other_publish: permission("PUBLISH to another asset's inbox"),
  every_channel: permission('PSUBSCRIBE *'),
  own_key: permission('GET on its own inbox'),
  own_subscribe: permission('SUBSCRIBE to its own inbox'),
  live_other_key: permission(
    "Reading another's inbox after a real login; skipped where the .env file has no password for it",
  ),
  live_own_key: permission('Reading its own inbox after a real login; skipped likewise'),
  placeholder_passwords: { kind: 'words', description: 'Enabled users whose password is a well-known text' },
  shared_passwords: { kind: 'words', description: 'Enabled users who have the same password' },
  passwordless_users: { kind: 'words', description: 'Enabled users who need no password' },
  own_credentials: {
    kind: 'boolean',
    says: ["logs in as its asset's user", "does not log in as its asset's user"],
    description: "That every Redis URL in an agent's environment names the asset's own user",
  },
  foreign_passwords: {
    kind: 'words',
    description: "Variables in an agent's environment that hold the password of another Redis user",
  },
  file_type: { kind: 'text', description: 'file, directory, symlink, … of the ACL file on the host' },
  file_mode: { kind: 'mode', description: 'Its permission bits' },
  file_owner: {
    kind: 'text',
    description: 'Its owner; redis for the account that the server runs as, if it has no name',
  },
  file_acl: { kind: 'words', description: 'Entries of its POSIX ACL beyond the mode' },
  file_parents_protected: {
    kind: 'boolean',
    says: ['is protected', 'lets others replace what lies below it'],
    description: 'That only trusted accounts can replace a directory or link on the way to it',
  },
  file_in_use: {
    kind: 'boolean',
    says: ['is the one that the container sees', 'is not the one that the container sees'],
    description: 'That the file on the host is the one in the container, and not a newer one in its place',
  },
  drift: { kind: 'words', description: 'Differences between the users that Redis has and those in the ACL file' },
};
