import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost, type Release } from '../../lab/index.ts';
import { createTransport, type TransportOptions } from '../../src/transport/index.ts';
import { askLoginMethods } from '../../src/vantage/index.ts';
import { unavailable } from '../lab/unavailable.ts';
import { probe } from './shells.ts';

// Against real OpenSSH, sudo and login shells, on both releases.
const probes = [
  probe('who', 'id -un'),
  probe('from', 'echo "$FA_FROM"'),
  probe('random', 'head -c 300000 /dev/urandom >/tmp/random; cat /tmp/random; cksum </tmp/random >&2'),
  probe('many', 'i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done'),
];

const good = {
  ...{ error: null, logins: 1, execs: 1, left: '' },
  ...{ who: 'root\n', fromHere: true, lines: 3001, random: 'exited' },
};

describe.skipIf(unavailable).each<Release>(['debian12', 'debian13'])('%s', (release) => {
  let host: LabHost;
  let folder: string;
  let options: TransportOptions;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fa-lab-'));
    host = await boot({ release, layer: 'bare' });
    options = { sshConfigFile: host.sshConfig, acceptNewHostKey: false, askPassphrase: async () => null };
  });
  afterAll(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true });
  });

  const collect = (target: string, with_ = options, timeoutSeconds = 60) =>
    createTransport(target, with_).collect(probes, { timeoutSeconds });
  const summary = async (target: string, with_ = options) => {
    const { answers, error, logins, execs } = await collect(target, with_);
    const left = await host.exec('ls -d /dev/shm/.fa-* /run/.fa-* /tmp/.fa-* /var/tmp/.fa-*');
    return {
      ...{ error, logins, execs, left: left.stdout },
      who: answers.who?.stdout,
      fromHere: /^198\.\d+\.\d+\.\d+\n$/.test(answers.from?.stdout ?? ''),
      lines: answers.many?.stdout.split('\n').length,
      random: answers.random?.outcome,
    };
  };
  const reload = (change: string) => host.exec(`${change}; systemctl reload ssh; sleep 0.5`);

  test('root, and a user with sudo: one login, one exec', async () => {
    expect(await summary('root')).toEqual(good);
    expect(await summary('ubuntu')).toEqual(good);
  });

  test.each(['/usr/bin/fish', '/bin/csh', '/bin/dash', '/bin/rbash'])('login shell %s', async (shell) => {
    await host.exec(`[ -e /bin/rbash ] || ln -s bash /bin/rbash; usermod -s ${shell} ubuntu`);
    expect(await summary('ubuntu')).toEqual(good);
    await host.exec('usermod -s /bin/bash ubuntu');
  });

  test('a noisy .bashrc and a login banner', async () => {
    await reload(
      "echo 'head -c 100000 /dev/urandom; echo noise >&2; read -r one' >/home/ubuntu/.bashrc; echo Banner /etc/passwd >/etc/ssh/sshd_config.d/banner.conf",
    );
    expect(await summary('ubuntu')).toEqual(good);
    await reload('rm /home/ubuntu/.bashrc /etc/ssh/sshd_config.d/banner.conf');
  });

  test('a .bashrc that swallows stdin costs a second exec', async () => {
    await host.exec("echo 'cat >/dev/null' >/home/ubuntu/.bashrc");
    expect(await summary('ubuntu')).toEqual({ ...good, execs: 2 });
    await host.exec('rm /home/ubuntu/.bashrc');
  });

  test('MaxSessions 1 is enough', async () => {
    await reload('echo MaxSessions 1 >/etc/ssh/sshd_config.d/one.conf');
    expect(await summary('ubuntu')).toEqual(good);
    await reload('rm /etc/ssh/sshd_config.d/one.conf');
  });

  test('nothing writable: answers come as a stream, in the same exec', async () => {
    const bases = ['/dev/shm', '/tmp', '/var/tmp'];
    await host.exec(
      `${bases.map((base) => `mount -t tmpfs -o ro none ${base}`).join('; ')}; mkdir /root/bin; mount --bind -o ro /run /run; mount -o remount,bind,ro /run`,
    );
    const { answers, error, execs } = await createTransport('root', options).collect(
      [probe('a', 'echo 1'), probe('b', 'exit 4')],
      { timeoutSeconds: 60 },
    );
    await host.exec(`umount /run; ${bases.map((base) => `umount ${base}`).join('; ')}`);
    expect([error, execs, answers.a!.stdout, answers.b!.code]).toEqual([null, 1, '1\n', 4]);
  });

  test('a connection that is killed midway is made once more, and nothing stays behind', async () => {
    const kill = `[ -f /root/once ] || { : >/root/once; pid=$$; while [ "$pid" -gt 1 ]; do read -r _ comm _ pid _ </proc/$pid/stat; case $(cat /proc/$pid/cmdline) in sshd*:*) kill -9 $pid; break;; esac; done; sleep 30; }; echo done`;
    const { answers, error, logins, execs } = await createTransport('root', options).collect(
      [probe('a', kill, { timeoutSeconds: 20 })],
      { timeoutSeconds: 60 },
    );
    expect([error, answers.a!.stdout, logins, execs]).toEqual([null, 'done\n', 2, 2]);
    await new Promise((next) => setTimeout(next, 3000));
    expect((await host.exec('ls -d /dev/shm/.fa-*; pgrep -x -a sleep')).stdout).not.toMatch(/\.fa-|sleep 30/);
  });

  test('sudo that wants a password, has no rule, or a terminal: everything is denied', async () => {
    const rules = (text: string) =>
      host.exec(`echo '${text}' >/etc/sudoers.d/90-cloud-init-users; chmod 440 /etc/sudoers.d/90-cloud-init-users`);
    for (const [text, words] of [
      ['ubuntu ALL=(ALL) ALL', /password/],
      ['ubuntu ALL=(ALL) NOPASSWD: /usr/bin/true', /password|allow/],
      ['Defaults requiretty\nubuntu ALL=(ALL) NOPASSWD: ALL', /terminal/],
      ['# nobody', /password|sudoers/],
    ] as const) {
      await rules(text);
      const { answers, error, logins, execs } = await collect('ubuntu');
      expect(error).toMatchObject({ code: 'sudo', message: expect.stringMatching(words) });
      expect([logins, execs]).toEqual([1, 1]);
      expect(new Set(Object.values(answers).map(({ outcome }) => outcome))).toEqual(new Set(['denied']));
    }
    await rules('ubuntu ALL=(ALL) NOPASSWD:ALL');
    expect(await summary('ubuntu')).toEqual(good);
  });

  test('a login shell that refuses', async () => {
    await host.exec('usermod -s /usr/sbin/nologin ubuntu');
    expect((await collect('ubuntu')).error).toMatchObject({
      code: 'shell',
      message: expect.stringContaining('not available'),
    });
    await host.exec('usermod -s /bin/bash ubuntu');
  });

  test('unknown and changed host keys; a new one is accepted and then known', async () => {
    const known = join(folder, 'known_hosts');
    writeFileSync(known, '');
    const text = readFileSync(host.sshConfig, 'utf8').replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${known}`);
    const sshConfigFile = join(folder, 'config');
    writeFileSync(sshConfigFile, text);
    const strict = { ...options, sshConfigFile };
    expect(await collect('root', strict)).toMatchObject({ error: { code: 'host-key-unknown' }, logins: 0, execs: 0 });
    expect(await summary('root', { ...strict, acceptNewHostKey: true })).toEqual(good);
    expect(await summary('root', strict)).toEqual(good);
    execFileSync('ssh', ['-F', sshConfigFile, '-o', 'BatchMode=yes', 'root', 'true']); // OpenSSH agrees with the line
    copyFileSync(host.knownHosts, known);
    writeFileSync(
      known,
      readFileSync(known, 'utf8').replace(/AAAAC3NzaC1lZDI1NTE5AAAAI..../g, 'AAAAC3NzaC1lZDI1NTE5AAAAIAAAA'),
    );
    expect(await collect('root', { ...strict, acceptNewHostKey: true })).toMatchObject({
      error: { code: 'host-key-changed' },
      logins: 0,
    });
  });

  test('the login methods, seen from outside', async () => {
    expect(await askLoginMethods('ubuntu', options, { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'exited',
      stdout: 'publickey,password',
    });
    await reload('echo PasswordAuthentication no >/etc/ssh/sshd_config.d/00-x.conf');
    expect(await askLoginMethods('ubuntu', options, { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'exited',
      stdout: 'publickey',
    });
  });

  test('through a jump host, which is logged in to as well', async () => {
    const sshConfigFile = join(folder, 'jump');
    const text = readFileSync(host.sshConfig, 'utf8');
    writeFileSync(
      sshConfigFile,
      `Host behind\n  HostName 127.0.0.1\n  HostKeyAlias ${host.address}\n  User root\n  ProxyJump ubuntu\n  IdentityFile ${host.identity}\n  UserKnownHostsFile ${host.knownHosts}\n${text}`,
    );
    const jumping = { ...options, sshConfigFile };
    const { answers, error, logins, execs } = await collect('behind', jumping);
    expect([error, logins, execs, answers.who!.stdout]).toEqual([null, 2, 1, 'root\n']);
  });

  test('a user who may not log in: told so, attempted once', async () => {
    const { error, logins } = await collect('fleetclaw');
    expect(error).toMatchObject({ code: 'auth', message: expect.stringContaining('fleetclaw@') });
    expect(logins).toBe(0);
    const log = (await host.exec('journalctl -q -u ssh --no-pager | grep -c "fleetclaw.*preauth"')).stdout.trim();
    expect(Number(log)).toBe(1);
  });
});
