import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspected, type Given } from '../../../test/support/containers.ts';
import { told } from '../../../test/support/look.ts';
import type { Answer } from '../../model/evidence.ts';
import { inspectProbe } from '../docker/probes.ts';
import gatekeeper from './index.ts';
import { gatekeeperProbe } from './probe.ts';
import { reduce } from './reduce.ts';

const dir = '/srv/app/config';
const users = `users:
  - name: "Ada Example"
    telegram_id: 5551234567
    roles: [operator]
    asset_ids: [EX-001]
  - name: "Max Example"
    telegram_id: 5557654321
    roles:
      - owner
    asset_ids: []
`;
const permissions = `roles:
  operator: { allowed_intents: [status, fuel_log], allowed_channels: [private] }
  owner: { allowed_intents: ["*"], allowed_channels: [all] }
`;

const plain = { digest: '', outcome: 'exited', code: 0, stderr: '', truncated: false, ms: 3 } as const;
const asFile = (name: string, text: string | null) =>
  text === null
    ? `gone|${name}|stat: cannot statx '${dir}/${name}.yaml': No such file or directory\n`
    : `file|${name}|${text.length}|regular file\n` +
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => `text|${name}|${line}\n`)
        .join('');
const asked = (people: string | null, roles: string | null) =>
  reduce(`${asFile('users', people)}${asFile('permissions', roles)}end\n`);
const look = (stdout: string, inspect?: string) => {
  const answers: Record<string, Answer> = { [gatekeeperProbe(dir).name]: { ...plain, stdout } };
  if (inspect !== undefined) answers[inspectProbe.name] = { ...plain, stdout: inspect };
  return gatekeeper.read({ dir } as never, answers);
};
const see = (people: string | null, roles: string | null) => told(look(asked(people, roles)));

describe('gatekeeper', () => {
  it('reads users and roles, by line', () => {
    expect(see(users, permissions)).toMatchObject({
      users: [
        { name: `${dir}/users.yaml:2`, id: 'number', roles: ['operator'], all_assets: false },
        { name: `${dir}/users.yaml:6`, id: 'number', roles: ['owner'], all_assets: true },
      ],
      roles: [
        { name: 'operator', intents: ['status', 'fuel_log'], channels: ['private'] },
        { name: 'owner', intents: ['*'] },
      ],
      undefined_roles: [],
      all_intents: ['owner'],
    });
  });

  it('keeps no id and no name of a person', () => {
    const kept = asked(users, permissions);
    for (const each of ['Ada', 'Max', '5551234567', '5557654321']) expect(kept).not.toContain(each);
  });

  it.each([
    ['5551234567', '123456789', 'example'],
    ['5551234567', '"5551234567"', 'odd'],
    ['5551234567', '0', 'odd'],
    ['5551234567', '-5', 'odd'],
    ['5551234567', 'your_telegram_id', 'odd'],
    ['    telegram_id: 5551234567\n', '', 'odd'],
  ])('%j as %j is an id of kind %s', (from, to, id) => {
    expect(see(users.replace(from, to), permissions).users).toMatchObject([{ id }, { id: 'number' }]);
  });

  it('names roles that are not defined', () => {
    expect(see(users.replace('[operator]', '[operator, Owner]'), permissions).undefined_roles).toEqual(['Owner']);
    expect(see(users, null)).toMatchObject({ undefined_roles: 'unknown', roles: 'absent', all_intents: 'absent' });
    expect(see(null, permissions)).toMatchObject({ undefined_roles: 'absent', users: 'absent' });
  });

  it('takes an empty file for no users', () => {
    expect(see('\n', '\n')).toMatchObject({ users: [], roles: [] });
    expect(see('users:\n', 'roles:\n')).toMatchObject({ users: [], roles: [] });
  });

  it.each([
    'users: [\n',
    'users: {}\n',
    'users:\n  - operator\n',
    'users:\n  - telegram_id: 5\n    roles: operator\n',
    'users: []\nusers: []\n',
    'all: &a []\nusers: *a\n',
    '- users\n',
    `users: []\n${'#'.repeat(300_000)}\n`,
  ])('does not tell from %j', (text) => expect(see(text, permissions).users).toBe('unknown'));

  it('says that Docker made a directory of it', () => {
    const stdout = reduce(`file|users|4096|directory\n${asFile('permissions', permissions)}end\n`);
    expect(told(look(stdout)).users).toBe('absent');
  });

  it('tells nothing from pieces', () => {
    const whole = asked(users, permissions);
    const facts = ['users', 'roles', 'undefined_roles', 'all_intents'];
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        const seen = told(look(whole.slice(0, length)));
        for (const fact of facts) expect(seen[fact]).toBe('unknown');
      }),
    );
    expect(told(look(whole, 'state|listed\nfailed|1|x\nend\n')).present).toBe('unknown');
  });

  const mounted = { Type: 'bind', Source: dir, Destination: '/app/config', RW: false };
  const reads = (given: Partial<Given>) =>
    told(look(asked(users, permissions), inspected({ name: 'gatekeeper-1', mounts: [mounted], ...given })));

  it('knows which files of the host a gatekeeper reads', () => {
    expect(reads({})).toMatchObject({ present: true, reads_users: true, reads_permissions: true });
    expect(reads({ mounts: [] })).toMatchObject({ reads_users: false, reads_permissions: false });
  });

  it('looks where USERS_FILE and PERMISSIONS_FILE say', () => {
    const env = ['USERS_FILE', 'PERMISSIONS_FILE'];
    const files = { USERS_FILE: '/etc/u/other-users.yaml', PERMISSIONS_FILE: '/app/config/permissions.yaml' };
    expect(reads({ env, files })).toMatchObject({ reads_users: false, reads_permissions: true });
    const moved = [{ ...mounted, Destination: '/etc/u' }];
    const paths = { USERS_FILE: '/etc/u/users.yaml', PERMISSIONS_FILE: '/etc/x/../u/permissions.yaml' };
    expect(reads({ env, files: paths, mounts: moved })).toMatchObject({ reads_users: true, reads_permissions: true });
  });

  it('does not know where one looks whose variable is no path, or was not kept', () => {
    expect(reads({ env: ['USERS_FILE'] })).toMatchObject({ reads_users: 'unknown', reads_permissions: true });
    expect(reads({ env: ['USERS_FILE'], files: { USERS_FILE: '***' } }).reads_users).toBe('unknown');
  });

  it('sees a volume over the directory that is mounted above', () => {
    const volume = { Type: 'volume', Source: '/var/lib/docker/volumes/x/_data', Destination: '/app/config', RW: true };
    const above = { ...mounted, Source: '/srv/app', Destination: '/app' };
    expect(reads({ mounts: [above] }).reads_users).toBe(true);
    expect(reads({ mounts: [above, volume] }).reads_users).toBe(false);
  });

  it('does not know of gatekeepers when Docker does not answer', () => {
    expect(see(users, permissions)).toMatchObject({ present: 'unknown', reads_users: 'unknown' });
  });
});
