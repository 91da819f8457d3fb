import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRoute, nameOf } from '../../src/transport/ssh/route.ts';
import { TargetError, parseTarget } from '../../src/transport/target.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fa-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a target', () => {
  test.each([
    ['ssh://vps3', { host: 'vps3' }],
    ['ssh://ubuntu@vps3:2222', { host: 'vps3', user: 'ubuntu', port: 2222 }],
    ['ssh://vps3/', { host: 'vps3' }],
    ['ssh://root@[2001:db8::1]:22', { host: '2001:db8::1', user: 'root', port: 22 }],
    ['ssh://[fe80::1%eth0]', { host: 'fe80::1%eth0' }],
    ['ssh://a%40b@host', { host: 'host', user: 'a@b' }],
    ['my-alias', { host: 'my-alias' }],
  ])('%s', (target, wanted) => expect(parseTarget(target)).toEqual(wanted));

  test.each([
    ['ssh://', /host/],
    ['ssh://user@', /host/],
    ['ssh://user:secret@host', /password/],
    ['ssh://user:secret@secret@host', /malformed/],
    ['ssh://user:sec/secret@host', /malformed/],
    ['ssh://host:0', /port/],
    ['ssh://host:99999', /port/],
    ['ssh://host:22x', /port/],
    ['ssh://2001:db8::1', /malformed/],
    ['ssh://host/path', /malformed/],
    ['ssh://-oProxyCommand=x', /host/],
    ['ssh://-x@host', /user/],
    ['ubuntu@vps3', /alias/],
    ['http://host', /scheme/],
    ['-oX', /host/],
    ['a b', /host/],
    ['', /host/],
  ])('%s is refused with a suggestion', (target, words) => {
    const error = caught(() => parseTarget(target));
    expect(error).toBeInstanceOf(TargetError);
    expect(error.message).toMatch(words);
    expect((error as TargetError).suggestion).not.toBe('');
    expect(error.message).not.toContain('secret');
  });

  test('an address that forgot the scheme is told what was meant', () => {
    expect((caught(() => parseTarget('ubuntu@vps3')) as TargetError).suggestion).toContain('ssh://ubuntu@vps3');
  });
});

describe('ssh_config', () => {
  test('without any, defaults', () => {
    const [host] = route('', 'ssh://vps3');
    expect(host).toMatchObject({
      host: 'vps3',
      port: 22,
      user: userInfo().username,
      hostKeyName: 'vps3',
      identitiesNamed: false,
      jumps: [],
    });
    expect(host.identityFiles).toEqual(
      ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(homedir(), '.ssh', name)),
    );
    expect(host.knownHosts.user[0]).toBe(join(homedir(), '.ssh/known_hosts'));
    expect(host.knownHosts.global[0]).toBe('/etc/ssh/ssh_known_hosts');
  });

  test('an alias', () => {
    const [host] = route(
      `Host vps*
         HostName %h.Example.net
         Port 2222
         User ubuntu
         IdentityFile ~/.ssh/%h-%r
         IdentityFile /keys/second
         IdentitiesOnly yes
         IdentityAgent none
         UserKnownHostsFile /a /b
         ConnectTimeout 7
       Host *
         User nobody
         Port 1`,
      'vps3',
    );
    expect(host).toEqual({
      host: 'vps3.example.net',
      port: 2222,
      user: 'ubuntu',
      hostKeyName: '[vps3.example.net]:2222',
      identityFiles: [join(homedir(), '.ssh/vps3.example.net-ubuntu'), '/keys/second'],
      identitiesNamed: true,
      identitiesOnly: true,
      agent: null,
      knownHosts: { user: ['/a', '/b'], global: ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'] },
      connectSeconds: 7,
      jumps: [],
    });
  });

  test('the target is stronger than the file, and the key option than IdentityFile', () => {
    const [host] = createRoute(parseTarget('ssh://me@vps3:23'), {
      ...options(config('Host vps3\n User a\n Port 1\n IdentityFile /x')),
      identity: '/only',
    });
    expect(host).toMatchObject({ user: 'me', port: 23, identityFiles: ['/only'], identitiesOnly: true });
  });

  test('HostKeyAlias is taken without a port', () => {
    expect(route('Host v\n Port 23\n HostKeyAlias Real', 'v')[0].hostKeyName).toBe('real');
  });

  test('Match exec runs nothing, and CanonicalizeHostName neither', () => {
    const path = join(folder, 'proof');
    const [host] = route(
      `Match exec "touch ${path}"\n User evil\nHost *\n CanonicalizeHostName yes\n CanonicalDomains example.net\n`,
      'v',
    );
    expect(host.user).not.toBe('evil');
    expect(() => writeFileSync(path, '', { flag: 'wx' })).not.toThrow();
  });

  test('StrictHostKeyChecking has no say', () => {
    expect(route('Host *\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null', 'v')[0].knownHosts.user).toEqual([
      '/dev/null',
    ]);
  });

  test('Include: globs, nesting, inside a block, and no end of the block', () => {
    mkdirSync(join(folder, 'inc'), { recursive: true });
    writeFileSync(join(folder, 'inc/10.conf'), 'Host v\n  Port 10\n');
    writeFileSync(join(folder, 'inc/20.conf'), `Include ${folder}/inc/deep\n`);
    writeFileSync(join(folder, 'inc/deep'), 'Host w\n  Port 20\n');
    writeFileSync(join(folder, 'inc/user'), 'User fromfile\n');
    const text = `Include ${folder}/inc/*.conf\nHost x\n Include ${folder}/inc/user\n Port 30\nHost *\n Port 40\n`;
    expect(['v', 'w', 'x', 'y'].map((alias) => route(text, alias)[0].port)).toEqual([10, 20, 30, 40]);
    expect(route(text, 'x')[0].user).toBe('fromfile');
    expect(route(text, 'y')[0].user).not.toBe('fromfile');
  });

  test('a file that includes itself comes to an end', () => {
    const path = join(folder, 'self');
    writeFileSync(path, `Include ${path}\nHost v\n Port 5\n`);
    expect(createRoute(parseTarget('v'), options(path))[0].port).toBe(5);
  });

  test('ProxyJump: hops in order, each with its own settings', () => {
    const text = 'Host a\n HostName a.net\n User one\nHost t\n ProxyJump a,two@b:23\n';
    expect(route(text, 't').map(nameOf)).toEqual(['one@a.net:22', 'two@b:23', `${userInfo().username}@t:22`]);
  });

  test('ProxyJump of a jump host is followed; Host * may name one; none means none', () => {
    expect(route('Host t\n ProxyJump a\nHost a\n ProxyJump b\n', 't').map(({ host }) => host)).toEqual(['b', 'a', 't']);
    expect(route('Host *\n ProxyJump a\n', 't').map(({ host }) => host)).toEqual(['a', 't']);
    expect(route('Host t\n ProxyJump none\nHost *\n ProxyJump a', 't')).toHaveLength(1);
  });

  test('what cannot be honoured is said', () => {
    expect(caught(() => route('Host t\n ProxyJump a\nHost a\n ProxyJump t\n', 't')).message).toContain('circles');
    expect(caught(() => route('Host *\n ProxyCommand nc %h %p\n', 't')).message).toContain('ProxyCommand');
    expect(route('Host *\n ProxyCommand none\n', 't')).toHaveLength(1);
    expect(caught(() => createRoute({ host: 'v' }, options(join(folder, 'missing')))).message).toContain('missing');
  });
});

let count = 0;
function config(text: string): string {
  const path = join(folder, `config${count++}`);
  writeFileSync(path, text);
  return path;
}

function options(sshConfigFile: string) {
  return { sshConfigFile, acceptNewHostKey: false, askPassphrase: async () => null };
}

function route(text: string, target: string) {
  return createRoute(parseTarget(target), options(config(text)));
}

function caught(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
