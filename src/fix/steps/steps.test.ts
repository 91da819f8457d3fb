import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../model/fix.ts';
import type { FileState } from '../../model/fix-plan.ts';
import { Draft } from '../draft.ts';
import { draftStep } from './index.ts';

const file = (content: string): FileState => ({ content, mode: '0644', owner: 'root:root' });

/** What a file holds after these steps. */
function after(path: string, before: string | null, ...steps: Step[]): string {
  const files = new Map([[path, before === null ? null : file(before)]]);
  const draft = new Draft({ files, sysctls: new Map(), units: new Map(), external: ['ens3'], dockerUser: [] });
  steps.forEach((step) => draftStep(step, draft));
  return draft.file(path)?.content ?? '';
}

describe('sshd', () => {
  const path = '/etc/ssh/sshd_config.d/00-fleet-audit.conf';
  test('fixes of several controls compose in one drop-in', () => {
    const text = after(path, null, { sshd: { PermitRootLogin: 'no' } }, { sshd: { MaxAuthTries: 3 } });
    expect(text).toMatch(/^# .*\nPermitRootLogin no\nMaxAuthTries 3\n$/);
  });
  test('a keyword that is there already, in any case, is replaced', () =>
    expect(after(path, 'permitrootlogin yes\nPort 22\n', { sshd: { PermitRootLogin: 'no' } })).toBe(
      'Port 22\nPermitRootLogin no\n',
    ));
});

describe('sysctl', () => {
  const path = '/etc/sysctl.d/99-fleetclaw.conf';
  test.each([
    [null, 'vm.swappiness = 10\n'],
    ['# mine\n\nvm.swappiness=60\n', '# mine\n\nvm.swappiness = 10\n'],
    ['-vm/swappiness = 60\nfs.file-max = 5', 'fs.file-max = 5\nvm.swappiness = 10\n'],
  ])('%j', (before, wanted) => expect(after(path, before, { sysctl: { 'vm.swappiness': 10 } })).toBe(wanted));
});

describe('ini', () => {
  const path = '/etc/x.local';
  const set = (before: string | null) => after(path, before, { ini: { path, section: 'sshd', set: { maxretry: 3 } } });
  test.each([
    [null, '[sshd]\nmaxretry = 3\n'],
    ['[DEFAULT]\nmaxretry = 9\n', '[DEFAULT]\nmaxretry = 9\n\n[sshd]\nmaxretry = 3\n'],
    ['[sshd]\nmaxretry = 9\nport = 22\n[x]\nmaxretry = 1\n', '[sshd]\nmaxretry = 3\nport = 22\n[x]\nmaxretry = 1\n'],
    ['[sshd]\nmaxretry = 9\n  10\n  11\nport = 22\n', '[sshd]\nmaxretry = 3\nport = 22\n'],
    ['[sshd]\n# maxretry: as the guide says\n', '[sshd]\nmaxretry = 3\n# maxretry: as the guide says\n'],
  ])('%j', (before, wanted) => expect(set(before)).toBe(wanted));
});

describe('json', () => {
  const path = '/etc/docker/daemon.json';
  const set = (before: string | null) =>
    after(path, before, { json: { path, set: { 'live-restore': true, 'log-opts': { 'max-size': '10m' } } } });
  test('unknown keys and the indentation stay', () =>
    expect(set('{\n    "log-opts": { "max-file": "3" },\n    "mtu": 1400\n}')).toBe(
      '{\n    "log-opts": {\n        "max-file": "3",\n        "max-size": "10m"\n    },\n    "mtu": 1400,\n    "live-restore": true\n}\n',
    ));
  test('a file that is not there begins with what is wanted', () =>
    expect(JSON.parse(set(null))).toEqual({ 'live-restore': true, 'log-opts': { 'max-size': '10m' } }));
  test.each(['[1]', '{', '"x"'])('%s is refused, not replaced', (before) =>
    expect(() => set(before)).toThrow(/by hand/),
  );
  test('what is there already changes no byte', () => {
    const before = '{"live-restore":true,"log-opts":{"max-size":"10m"}}';
    expect(set(before)).toBe(before);
  });
});

describe('what is done beside the files', () => {
  const units = new Map([['fail2ban.service', { enabled: 'enabled', active: 'inactive' }]]);
  function done(step: Step): Draft {
    const files = new Map([['/etc/docker/daemon.json', null]]);
    const draft = new Draft({ files, sysctls: new Map(), units, external: [], dockerUser: [] });
    draftStep(step, draft);
    return draft;
  }
  test("Docker's file is read by dockerd before Docker is told to", () => {
    const draft = done({ json: { path: '/etc/docker/daemon.json', set: { 'live-restore': true } } });
    expect([...draft.validate, ...draft.activate]).toEqual(['fa_docker_reads', 'fa_reload_docker']);
  });
  test('fail2ban that is started is waited for', () =>
    expect([...done({ unit: { name: 'fail2ban.service', started: true } }).activate]).toEqual(['fa_reload_fail2ban']));
  test('a unit that is not there is refused, not started in vain', () =>
    expect(() => done({ unit: { name: 'docker.service', enabled: true } })).toThrow('there is no docker.service'));
});

describe('apt', () => {
  const path = '/etc/apt/apt.conf.d/52fleet-audit';
  test('one line for each option', () => {
    const step = { apt: { path, set: { 'APT::Periodic::Unattended-Upgrade': 1 } } };
    expect(after(path, 'APT::Periodic::Unattended-Upgrade "0";\n', step)).toBe(
      'APT::Periodic::Unattended-Upgrade "1";\n',
    );
  });
});

test('a step that was done once changes nothing the second time', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const steps = fc.oneof(
    fc
      .tuple(word, word)
      .map(([key, value]): [string, Step] => [
        '/etc/ssh/sshd_config.d/00-fleet-audit.conf',
        { sshd: { [key]: value } },
      ]),
    fc
      .tuple(word, word)
      .map(([key, value]): [string, Step] => ['/etc/sysctl.d/99-fleetclaw.conf', { sysctl: { [key]: value } }]),
    fc
      .tuple(word, word, word)
      .map(([section, key, value]): [string, Step] => [
        '/etc/f',
        { ini: { path: '/etc/f', section, set: { [key]: value } } },
      ]),
    fc
      .tuple(word, word)
      .map(([key, value]): [string, Step] => ['/etc/a', { apt: { path: '/etc/a', set: { [key]: value } } }]),
  );
  const text = fc.array(fc.stringMatching(/^[a-z=# [\]]{0,8}$/)).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, steps, (before, [path, step]) => {
      const once = after(path, before, step);
      expect(after(path, once, step)).toBe(once);
    }),
  );
});
