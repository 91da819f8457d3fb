import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseStringPromise } from 'xml2js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import type { Report } from '../../src/model/report.ts';
import { cli, type CliResult } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { unavailable } from './unavailable.ts';

let hardened: LabHost;
let bare: LabHost;

beforeAll(async () => {
  [hardened, bare] = await Promise.all([
    boot({ release: 'debian13', layer: 'hardened' }),
    boot({ release: 'debian12', layer: 'bare' }),
  ]);
});
afterAll(async () => {
  await Promise.all([hardened, bare].map((host) => host?.stop()));
});

interface Run extends CliResult {
  report: Report;
  junit: string;
}

async function run(config: string, target: string, ...more: string[]): Promise<Run> {
  const cwd = folderWith({});
  const result = await cli(['run', '--ssh-config', config, '--target', target, ...more], { cwd });
  const report = JSON.parse(readFileSync(join(cwd, 'reports/fleet-audit.json'), 'utf8')) as Report;
  return { ...result, report, junit: readFileSync(join(cwd, 'reports/fleet-audit.junit.xml'), 'utf8') };
}

describe.skipIf(unavailable)('a report over SSH', () => {
  test('as a sudo user: one login, one exec, everything told', async () => {
    const { report, code } = await run(hardened.sshConfig, 'ubuntu');
    expect(report.hosts[0]).toMatchObject({ reachable: true, error: null, logins: 1, execs: 1 });
    expect(report.summary.error).toBe(0);
    // What the lab's profile leaves out or sets otherwise (deviations.test.ts), and nothing else.
    expect(report.hosts[0]!.controls.filter((each) => each.status === 'fail').map((each) => each.id)).toEqual([
      'sys-os-release',
      'docker-apt-repo',
      'docker-default-ulimits',
      'docker-engine-version',
      'docker-no-conflicting-packages',
      'docker-packages',
    ]);
    expect(code).toBe(1);
    expect(report.exitCode).toBe(1);
  });

  test('as root on a bare host: the cloud-init drop-in is named with its line', async () => {
    const { report, stdout } = await run(bare.sshConfig, 'root');
    expect(report.hosts[0]).toMatchObject({ error: null, logins: 1, execs: 1 });
    const password = report.hosts[0]!.controls.find((each) => each.id === 'ssh-password-authentication')!;
    expect(password.status).toBe('fail');
    expect(password.findings[0]).toMatchObject({ where: '/etc/ssh/sshd_config.d/50-cloud-init.conf:1', actual: 'yes' });
    expect(stdout).toContain('/etc/ssh/sshd_config.d/50-cloud-init.conf:1');
  });

  test('as a user without sudo: every control is an error, none passes', async () => {
    const { report, code, junit } = await run(hardened.sshConfig, 'fleetclaw');
    expect(report.hosts[0]!.error).toMatchObject({ code: 'sudo' });
    expect(new Set(report.hosts[0]!.controls.map((each) => each.status))).toEqual(new Set(['error']));
    expect(code).toBe(3);
    expect(junit).toContain('type="sudo"');
  });

  test('evidence that was saved is judged to the same report', async () => {
    const cwd = folderWith({});
    await cli(
      [
        'run',
        '--ssh-config',
        hardened.sshConfig,
        '--target',
        'ubuntu',
        '--save-evidence',
        'evidence',
        '--reporter',
        'json=live.json',
      ],
      { cwd },
    );
    await cli(['judge', 'evidence/ubuntu.json', '--reporter', 'json=judged.json'], { cwd });
    await cli(['run', '--target', 'replay:evidence/ubuntu.json', '--reporter', 'json=replayed.json'], { cwd });
    const [live, judged, replayed] = ['live', 'judged', 'replayed'].map(
      (name) => (JSON.parse(readFileSync(join(cwd, `${name}.json`), 'utf8')) as Report).hosts,
    );
    expect(judged).toEqual(live);
    expect(replayed).toEqual(live);
  });
});

describe.skipIf(unavailable)(
  'what goes wrong on the way has its own code, exit 3, and stands in the JUnit file',
  () => {
    const config = (host: LabHost, change: Record<string, string>) => {
      const lines = {
        HostName: host.address,
        User: 'ubuntu',
        IdentityFile: host.identity,
        UserKnownHostsFile: host.knownHosts,
        IdentitiesOnly: 'yes',
        IdentityAgent: 'none',
        ...change,
      };
      const text = ['Host broken', ...Object.entries(lines).map(([key, value]) => `  ${key} ${value}`)].join('\n');
      return join(folderWith({ config: `${text}\n` }), 'config');
    };

    async function expectError(file: string, code: string, words: RegExp, ...more: string[]): Promise<void> {
      const { report, code: exit, junit, stdout } = await run(file, 'broken', ...more);
      expect(report.hosts[0]!.error?.message).toMatch(words);
      expect(report.hosts[0]!.error?.code).toBe(code);
      expect(exit).toBe(3);
      expect(stdout).toContain(report.hosts[0]!.error!.message.split(/\s/)[0]);
      const { testsuites } = (await parseStringPromise(junit)) as {
        testsuites: { testsuite: { testcase: { error?: { $: { type: string } }[] }[] }[] };
      };
      expect(testsuites.testsuite[0]!.testcase.every((each) => each.error)).toBe(true);
      expect(testsuites.testsuite[0]!.testcase.some((each) => each.error![0]!.$.type === code)).toBe(true);
    }

    test('nothing listens', () => expectError(config(bare, { Port: '2' }), 'refused', /:2\b/));
    test('a firewall swallows every packet', () =>
      expectError(config(hardened, { Port: '2' }), 'timeout', /:2\b/, '--timeout', '4'));
    test('no such name', () =>
      expectError(config(hardened, { HostName: 'no-such-host.invalid' }), 'dns', /no-such-host\.invalid/));
    test('a server that says nothing', async () => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const port = (silent.address() as { port: number }).port;
      await expectError(
        config(hardened, { HostName: '127.0.0.1', Port: String(port) }),
        'timeout',
        /127\.0\.0\.1/,
        '--timeout',
        '4',
      );
      silent.close();
    });
    test('an unknown host key is refused with its fingerprint and the line to add', async () => {
      const empty = join(folderWith({ known_hosts: '' }), 'known_hosts');
      const { report } = await run(
        config(hardened, { UserKnownHostsFile: empty, GlobalKnownHostsFile: empty }),
        'broken',
      );
      expect(report.hosts[0]!.error).toMatchObject({
        code: 'host-key-unknown',
        message: expect.stringMatching(/SHA256:[A-Za-z0-9+/]{43}/),
        hint: expect.stringMatching(/ssh-ed25519 AAAA/),
      });
      expect(readFileSync(empty, 'utf8')).toBe('');
    });
    test('a changed host key is refused', async () => {
      const stored = readFileSync(bare.knownHosts, 'utf8').replaceAll(bare.address, hardened.address);
      const file = join(folderWith({ known_hosts: stored }), 'known_hosts');
      await expectError(
        config(hardened, { UserKnownHostsFile: file }),
        'host-key-changed',
        /known_hosts:2 has another one/,
        '--accept-new-host-key',
      );
      expect(readFileSync(file, 'utf8')).toBe(stored);
    });
    test('a user who may not log in', () => expectError(config(hardened, { User: 'nobody' }), 'auth', /nobody/));
    test('a connection cut in the middle', async () => {
      const file = config(hardened, {});
      const cut = setTimeout(() => void hardened.exec("pkill -KILL -f 'sshd.*ubuntu'"), 700);
      const { report } = await run(file, 'broken');
      clearTimeout(cut);
      const { error } = report.hosts[0]!;
      if (error) expect(error.code).toBe('lost');
      expect(report.hosts[0]!.controls.filter((each) => each.status === 'pass').length === 0 || error === null).toBe(
        true,
      );
    });
  },
);

describe.skipIf(unavailable)('a report that cannot be written is exit 6', () => {
  test.each([
    ['a part of the path is a file', 'file/report.json', /file\/report\.json/],
    ['the path is a folder', 'folder', /folder/],
  ])('%s, and the others are written', async (_, path, words) => {
    const cwd = folderWith({ file: 'x' });
    mkdirSync(join(cwd, 'folder'));
    const { code, stderr } = await cli(
      ['run', '--target', 'local', '--reporter', `json=${path}`, '--reporter', 'junit=ok.xml'],
      { cwd },
    );
    expect(code).toBe(6);
    expect(stderr).toMatch(words);
    expect(readFileSync(join(cwd, 'ok.xml'), 'utf8')).toContain('<testsuites');
  });

  test('a full disk leaves the older file untouched', async () => {
    const cwd = folderWith({});
    const older = '{"older": true}\n';
    const script = `mount -t tmpfs -o size=16k tmpfs "$1" && printf '%s' "$3" >"$1/report.json" && cd "$1" &&
      { node "$2" run --target local --reporter json=report.json; echo "code $?"; cat report.json; ls -A; }`;
    const { spawnSync } = await import('node:child_process');
    const result = spawnSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', cwd, join(process.cwd(), 'dist/cli.js'), older],
      { encoding: 'utf8' },
    );
    expect(result.stdout).toBe(`code 6\n${older}report.json\n`);
    expect(result.stderr).toMatch(/report\.json: the disk is full/);
  });

  test('no permission, as a user who is not root', async () => {
    const cwd = folderWith({ 'report.json': '{}' });
    chmodSync(cwd, 0o555);
    writeFileSync(join(cwd, 'report.json'), '{"older": true}');
    const { spawnSync } = await import('node:child_process');
    const args = [join(process.cwd(), 'dist/cli.js'), 'run', '--target', 'local', '--reporter', 'json=report.json'];
    const result = spawnSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, ...args],
      { cwd, encoding: 'utf8' },
    );
    expect(result.status).toBe(6);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('{"older": true}');
  });
});
