import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../model/fix.ts';
import type { FileState } from '../../model/fix-plan.ts';
import { Draft } from '../draft.ts';
import { untold } from '../state.ts';
import { draftStep } from './index.ts';

const file = (content: string): FileState => ({ content, mode: '0644', owner: 'root:root' });

/** What a file holds after these steps. */
function after(path: string, before: string | null, ...steps: Step[]): string {
  const files = new Map([[path, before === null ? null : file(before)]]);
  const draft = new Draft({ ...untold, files });
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

test('AllowUsers takes a list', () => {
  const path = '/etc/ssh/sshd_config.d/00-fleet-audit.conf';
  expect(after(path, '', { sshd: { AllowUsers: ['a', 'b'] } })).toBe('AllowUsers a b\n');
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
    const draft = new Draft({ ...untold, files, units });
    draftStep(step, draft);
    return draft;
  }
  test("Docker's file is read by dockerd before Docker is told to", () => {
    const draft = done({ json: { path: '/etc/docker/daemon.json', set: { 'live-restore': true } } });
    expect([...draft.validate]).toEqual(['fa_docker_reads']);
    // By way of these a rollback can restart Docker with containers running, and have live-restore off again.
    const { on, off } = draft.docker!.bridge;
    expect([JSON.parse(on), JSON.parse(off)]).toEqual([{ 'live-restore': true }, { 'live-restore': false }]);
  });
  test('fail2ban that is started is waited for', () =>
    expect([...done({ unit: { name: 'fail2ban.service', started: true } }).activate]).toEqual(['fa_reload_fail2ban']));
  test.each([[['port', 'maxretry']], [['maxretry', 'port']]])(
    'a jail whose ban changes is restarted, for a reload leaves the rule of an old ban: %j',
    (keys) => {
      const draft = new Draft({ ...untold, files: new Map([['/etc/fail2ban/x.local', null]]) });
      for (const key of keys)
        draftStep({ ini: { path: '/etc/fail2ban/x.local', section: 'sshd', set: { [key]: 3 } } }, draft);
      expect([...draft.activate]).toEqual(['fa_reload_fail2ban --restart']);
    },
  );
  test('a unit that is not there is refused, not started in vain', () =>
    expect(() => done({ unit: { name: 'docker.service', enabled: true } })).toThrow('there is no docker.service'));
});

describe('a line', () => {
  const path = '/etc/fstab';
  const add = (before: string | null) => after(path, before, { line: { path, line: '/swapfile none swap sw 0 0' } });
  test.each([
    [null, '/swapfile none swap sw 0 0\n'],
    ['# no newline at the end', '# no newline at the end\n/swapfile none swap sw 0 0\n'],
    ['/swapfile\tnone  swap sw 0 0\n', '/swapfile\tnone  swap sw 0 0\n'],
    ['#/swapfile none swap sw 0 0\n', '#/swapfile none swap sw 0 0\n/swapfile none swap sw 0 0\n'],
  ])('%j', (before, wanted) => expect(add(before)).toBe(wanted));
});

describe('mode and owner', () => {
  const found = (type: string, mode = '0666') => ({ path: '/etc/a.conf', type, mode, owner: 'ubuntu:root' });
  function access(step: Extract<Step, { mode: unknown }>['mode'], ...matches: ReturnType<typeof found>[]) {
    const draft = new Draft({ ...untold, access: new Map([[step.path, matches]]) });
    draftStep({ mode: step }, draft);
    return draft.access.get('/etc/a.conf')?.after;
  }
  test('of everything that matches, by name', () =>
    expect(access({ path: '/etc/*', mode: '0600', owner: 'root:root' }, found('regular file'))).toEqual({
      mode: '0600',
      owner: 'root:root',
    }));
  test('bits are taken away, and none is added', () =>
    expect(access({ path: '/etc/*', without: '0022' }, found('regular file', '0460'))).toEqual({
      mode: '0440',
      owner: 'ubuntu:root',
    }));
  test.each(['symbolic link', 'a file with several names', 'fifo'])('%s is refused', (type) =>
    expect(() => access({ path: '/etc/*', mode: '0600' }, found(type))).toThrow(`is ${type}`),
  );
  test('of nothing: refused', () => expect(() => access({ path: '/etc/*', mode: '0600' })).toThrow('there is no'));
});

describe('packages', () => {
  const missing = (status: string) => {
    const draft = new Draft({ ...untold, packages: new Map([['git', status]]) });
    draftStep({ package: ['git'] }, draft);
    return [...draft.packages];
  };
  test('only those that are missing', () => expect([missing('installed'), missing('missing')]).toEqual([[], ['git']]));
  test('one that is half installed is for a person', () =>
    expect(() => missing('install ok half-configured')).toThrow('half-configured'));
});

describe('ufw', () => {
  const deleted = (...rules: string[]) => {
    const draft = new Draft({ ...untold, ufwRules: rules });
    draftStep({ ufw: { only: { tcp: ['22', '8000-8010'], udp: ['41641'] } } }, draft);
    return [...draft.ufw.deleted];
  };
  test('what opens another port to everybody is deleted in the words that ufw knows it by', () =>
    expect(
      deleted('allow 22/tcp', "allow 8080/tcp comment 'web'", 'limit 22', 'allow 41641/udp', 'allow 8001/tcp'),
    ).toEqual(['allow 8080/tcp', 'limit 22']));
  test.each(['deny 80/tcp', 'allow from 192.0.2.1 to any port 80', 'allow in on tailscale0', 'allow Nginx'])(
    '%s is for a person to judge',
    (rule) => expect(deleted(rule)).toEqual([]),
  );
});

describe('apt', () => {
  const path = '/etc/apt/apt.conf.d/zz-fleet-audit';
  test('one line for each option', () => {
    const step = { apt: { path, set: { 'APT::Periodic::Unattended-Upgrade': 1 } } };
    expect(after(path, 'APT::Periodic::Unattended-Upgrade "0";\n', step)).toBe(
      'APT::Periodic::Unattended-Upgrade "1";\n',
    );
  });
  test('a list gets what it has not, and keeps the rest', () =>
    expect(after(path, 'L:: "a";\n', { apt: { path, add: { L: ['a', 'b'] } } })).toBe('L:: "a";\nL:: "b";\n'));
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
