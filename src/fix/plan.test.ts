import { describe, expect, test } from 'vitest';
import type { Control } from '../model/control.ts';
import type { Automatic } from '../model/fix.ts';
import type { FileState } from '../model/fix-plan.ts';
import { planFixes } from './plan.ts';
import { untold } from './state.ts';

const drop = '/etc/ssh/sshd_config.d/00-fleet-audit.conf';
const swap = '/etc/sysctl.d/99-fleetclaw.conf';

const control = (id: string, automatic: Partial<Automatic> | null): Control =>
  ({
    id,
    fix: {
      manual: 'by hand',
      automatic: automatic && { risk: 'safe', requires: [], steps: [], danger: null, ...automatic },
    },
  }) as unknown as Control;

const root = control('ssh-root', { risk: 'access', steps: [{ sshd: { PermitRootLogin: 'no' } }] });
const tries = control('ssh-tries', { risk: 'access', steps: [{ sshd: { MaxAuthTries: 3 } }] });
const sysctl = control('sysctl-swap', { steps: [{ sysctl: { 'vm.swappiness': 10 } }] });

function plan(failing: Control[], more: object = {}, files: [string, FileState | { odd: string } | null][] = []) {
  return planFixes({
    failing,
    passing: new Set(),
    host: {
      ...untold,
      files: new Map([[drop, null], [swap, null], ...files]),
      sysctls: new Map([['vm.swappiness', '60']]),
      external: ['ens3'],
    },
    provable: true,
    allowed: null,
    ...more,
  });
}

describe('a plan', () => {
  test('does the mildest first, and what shares a risk and a subject together', () => {
    const { transactions, left } = plan([root, sysctl, tries]);
    expect(transactions.map(({ risk, controls }) => [risk, controls])).toEqual([
      ['safe', ['sysctl-swap']],
      ['access', ['ssh-root', 'ssh-tries']],
    ]);
    expect(left).toEqual([]);
    expect(transactions[1]!.files).toHaveLength(1);
    expect(transactions[1]!.files[0]!.diff).toContain('+PermitRootLogin no\n+MaxAuthTries 3');
  });

  test('writes a file with the mode that another control wants of it', () => {
    const path = '/etc/docker/daemon.json';
    const live = control('docker-live', { steps: [{ json: { path, set: { 'live-restore': true } } }] });
    const perms = control('docker-perms', { steps: [{ mode: { path, mode: '0644' } }] });
    const before = { mode: '0666', owner: 'root:root' };
    const host = {
      ...untold,
      files: new Map([[path, { ...before, content: '{}' }]]),
      access: new Map([[path, [{ ...before, path, type: 'regular file' }]]]),
    };
    for (const failing of [
      [live, perms],
      [perms, live],
    ]) {
      const [{ files, live: others } = { files: [], live: [] }] = plan(failing, { host }).transactions;
      expect(files).toMatchObject([{ path, after: { mode: '0644', owner: 'root:root' } }]);
      expect(files[0]!.diff).toContain('mode 0666 → 0644');
      expect(others.map(({ kind }) => kind)).toEqual(['docker']);
    }
  });

  test('is the same for the same host, and another for another', () => {
    expect(plan([root]).hash).toBe(plan([root]).hash);
    expect(plan([root]).hash).not.toBe(plan([tries]).hash);
  });

  test('leaves what is mended by hand, with the reason', () =>
    expect(plan([control('x-y', null)]).left).toMatchObject([{ control: 'x-y', why: 'manual' }]));

  test('refuses what may cut people off where no login can prove that it did not', () => {
    const { transactions, left } = plan([root, sysctl], { provable: false });
    expect(transactions.map(({ controls }) => controls)).toEqual([['sysctl-swap']]);
    expect(left).toMatchObject([{ control: 'ssh-root', why: 'refused', reason: expect.stringContaining('--target') }]);
  });

  test('refuses a risk that nobody allowed', () =>
    expect(plan([root], { allowed: new Set(['safe']) }).left).toMatchObject([
      { control: 'ssh-root', why: 'refused', reason: expect.stringContaining('--allow-risk access') },
    ]));

  test('leaves what needs something that does not hold yet: a value below a jail that is down may be a stricter one', () => {
    const late = control('a-late', { steps: [{ sysctl: { 'a.b': 1 } }], requires: ['sysctl-swap'] });
    const never = control('a-never', { steps: [{ sysctl: { 'a.b': 1 } }], requires: ['x-y'] });
    const { transactions, left } = plan([late, never, sysctl]);
    expect(transactions.map(({ controls }) => controls)).toEqual([['sysctl-swap']]);
    expect(left).toEqual([
      { control: 'a-late', why: 'later', reason: 'needs sysctl-swap to hold first' },
      { control: 'a-never', why: 'refused', reason: 'needs x-y to hold first' },
    ]);
    expect(plan([late], { passing: new Set(['sysctl-swap']) }).transactions).toHaveLength(1);
  });

  test('refuses a file that is a link, and one that the host did not tell, and goes on with the rest', () => {
    const link = plan([root, sysctl], {}, [[drop, { odd: 'a symbolic link' }]]);
    expect(link.left).toMatchObject([{ control: 'ssh-root', reason: `${drop} is a symbolic link, not a plain file` }]);
    expect(link.transactions).toHaveLength(1);
    const other = control('a-b', { steps: [{ line: { path: '/etc/other', line: 'x' } }] });
    expect(plan([other]).left).toMatchObject([{ reason: '/etc/other could not be read' }]);
  });

  test('opens no transaction for what is set already', () => {
    const files: [string, FileState][] = [
      [swap, { content: 'vm.swappiness = 10\n', mode: '0644', owner: 'root:root' }],
    ];
    const { transactions, left } = planFixes({
      ...{ failing: [sysctl], passing: new Set<string>(), provable: true, allowed: null },
      host: {
        ...untold,
        files: new Map(files),
        sysctls: new Map([['vm.swappiness', '10']]),
      },
    });
    expect(transactions).toEqual([]);
    expect(left).toMatchObject([{ control: 'sysctl-swap', why: 'manual' }]);
  });

  test('leaves out one whose fix changes nothing: it would fail still, and the others be undone with it', () => {
    const set = control('a-set', { steps: [{ unit: { name: 'a.timer', enabled: true } }] });
    const units = new Map([['a.timer', { enabled: 'enabled', active: 'active' }]]);
    const host = { ...untold, files: new Map([[swap, null]]), units };
    const { transactions, left } = plan([set, sysctl], { host });
    expect(transactions.map(({ controls }) => controls)).toEqual([['sysctl-swap']]);
    expect(left).toMatchObject([{ control: 'a-set', why: 'manual' }]);
  });

  test('has UFW allow first, then set its defaults, and turns it on last, whatever the order of the controls', () => {
    const on = control('ufw-on', { risk: 'access', steps: [{ ufw: { enabled: true } }] });
    const deny = control('ufw-deny', { risk: 'access', steps: [{ ufw: { default: { incoming: 'deny' } } }] });
    const ssh = control('ufw-ssh', { risk: 'access', steps: [{ ufw: { allow: ['22/tcp'] } }] });
    const { transactions } = plan([on, root, deny, ssh]);
    expect(transactions.map(({ subject }) => subject)).toEqual(['sshd', 'UFW']);
    expect(transactions[1]!.live).toEqual([
      { kind: 'ufw', commands: ['ufw allow 22/tcp', 'ufw default deny incoming', 'ufw --force enable'] },
    ]);
  });

  test('shows nothing of a secret file but that it changes', () => {
    const env = '/home/app/.env';
    const open = control('env-mode', {
      steps: [{ file: { path: env, content: 'PASSWORD=hunter3', mode: '0600', owner: 'root:root' } }],
    });
    const file = control('env-text', { steps: [{ ini: { path: env, section: 's', set: { TOKEN: 'hunter2' } } }] });
    const before = { content: 'PASSWORD=hunter1\n', mode: '0644', owner: 'root:root' };
    const [only] = plan([open, file], {}, [[env, before]]).transactions;
    expect(only!.files[0]!.diff).toContain('mode 0644 → 0600');
    expect(only!.files[0]!.diff).not.toMatch(/hunter/);
  });
});
