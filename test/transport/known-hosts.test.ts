import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHostKey } from '../../src/transport/ssh/host-key.ts';
import { findKeys, typeOf } from '../../src/transport/ssh/known-hosts.ts';
import type { HostSettings } from '../../src/transport/ssh/config.ts';

// Against real output of ssh-keygen: keys, fingerprints and hashed names.
let folder: string;
const keys: Record<string, { line: string; blob: Buffer; fingerprint: string }> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fa-known-'));
  for (const [name, type] of [
    ['a', 'ed25519'],
    ['b', 'ed25519'],
    ['c', 'ecdsa'],
  ] as const) {
    const path = join(folder, name);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'a comment', '-f', path]);
    const [kind, base64] = readFileSync(`${path}.pub`, 'utf8').split(' ');
    const fingerprint = execFileSync('ssh-keygen', ['-lf', `${path}.pub`], { encoding: 'utf8' }).split(' ')[1]!;
    keys[name] = { line: `${kind} ${base64}`, blob: Buffer.from(base64!, 'base64'), fingerprint };
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['host.example', 'host.example', true],
  ['host.example,other', 'other', true],
  ['HOST.example', 'host.example', true],
  ['*.example', 'host.example', true],
  ['h?st.*', 'host.example', true],
  ['*.example,!host.example', 'host.example', false],
  ['!host.example', 'other', false],
  ['[host.example]:2222', '[host.example]:2222', true],
  ['[host.example]:2222', 'host.example', false],
  ['host.example', '[host.example]:2222', false],
  ['2001:db8::1', '2001:db8::1', true],
  ['*', 'anything', true],
  ['host.exampl', 'host.example', false],
  ['*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(60), false],
])('names %s cover %s: %s', (names, host, covered) => {
  const found = findKeys(host, [file(`# comment\n\n${names} ${keys.a!.line} comment\n`)]);
  expect(found.map(({ where }) => where.replace(/.*:/, ''))).toEqual(covered ? ['3'] : []);
});

test('names hashed by ssh-keygen -H are found', () => {
  const path = file(`host.example ${keys.a!.line}\n[host.example]:2222 ${keys.b!.line}\n`);
  execFileSync('ssh-keygen', ['-q', '-H', '-f', path], { stdio: 'ignore' });
  expect(readFileSync(path, 'utf8')).toMatch(/^\|1\|/);
  expect(findKeys('host.example', [path]).map(({ key }) => key)).toEqual([keys.a!.blob]);
  expect(findKeys('[host.example]:2222', [path]).map(({ key }) => key)).toEqual([keys.b!.blob]);
  expect(findKeys('other', [path])).toEqual([]);
});

test.each([
  'host',
  'host ssh-ed25519',
  'host ssh-ed25519 !!!',
  'host ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAA',
  '@foo host ssh-ed25519 AAAA',
  '|1|x host',
])('the malformed line "%s" is ignored, the next one counts', (line) => {
  expect(findKeys('host', [file(`${line}\nhost ${keys.a!.line}\n`)])).toHaveLength(1);
});

test('a missing file knows nobody', () => {
  expect(findKeys('host', [join(folder, 'none')])).toEqual([]);
});

test('the type of a blob that is none is empty', () => {
  expect([typeOf(Buffer.alloc(0)), typeOf(Buffer.from('ffffffff', 'hex')), typeOf(keys.c!.blob)]).toEqual([
    '',
    '',
    'ecdsa-sha2-nistp256',
  ]);
});

test('the stored key is the host', () => {
  expect(judge(`host ${keys.a!.line}\n`, 'a')).toBeNull();
});

test('an unknown key: fingerprint as ssh-keygen has it, and the exact line to add', () => {
  const failure = judge('', 'a');
  expect(failure).toMatchObject({ code: 'host-key-unknown', message: expect.stringContaining(keys.a!.fingerprint) });
  expect(failure!.hint).toContain(`host ${keys.a!.line}`);
  expect(failure!.hint).toContain('--accept-new-host-key');
});

test('a changed key names the line that has the old one', () => {
  expect(judge(`x ${keys.b!.line}\nhost ${keys.b!.line}\n`, 'a')).toMatchObject({
    code: 'host-key-changed',
    message: expect.stringMatching(/known_hosts\S*:2 /),
  });
});

test('a key of another type than the stored one is a changed key', () => {
  expect(judge(`host ${keys.c!.line}\n`, 'a')).toMatchObject({ code: 'host-key-changed' });
});

test('a revoked key is refused even if it is stored', () => {
  expect(judge(`host ${keys.a!.line}\n@revoked * ${keys.a!.line}\n`, 'a')).toMatchObject({
    code: 'host-key-changed',
    message: expect.stringContaining('revoked'),
  });
});

test('a certificate authority does not make a key known, and is said to be unsupported', () => {
  expect(judge(`@cert-authority * ${keys.b!.line}\n`, 'a')).toMatchObject({
    code: 'host-key-unknown',
    message: expect.stringContaining('not supported'),
  });
});

test('the key stored for the default port is good on another port, a different one says nothing', () => {
  expect(judge(`host ${keys.a!.line}\n`, 'a', { hostKeyName: '[host]:2222' })).toBeNull();
  expect(judge(`host ${keys.b!.line}\n`, 'a', { hostKeyName: '[host]:2222' })).toMatchObject({
    code: 'host-key-unknown',
  });
});

test('algorithms of stored keys come first, SHA-1 never', () => {
  const { algorithms } = checkHostKey(settings(file(`host ${keys.c!.line}\n`)), false);
  expect(algorithms[0]).toBe('ecdsa-sha2-nistp256');
  expect(algorithms).toContain('ssh-ed25519');
  expect(algorithms).not.toContain('ssh-rsa');
});

test('accepting a new key writes it once, in private, after a file without a last newline too', () => {
  const path = join(folder, 'new/dir/known_hosts');
  const accept = () => checkHostKey(settings(path), true).judge(keys.a!.blob);
  expect(accept()).toBeNull();
  expect(accept()).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe(`host ${keys.a!.line}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'new/dir')).mode & 0o777).toBe(0o700);
  const open = file(`other ${keys.b!.line}`);
  expect(checkHostKey(settings(open), true).judge(keys.a!.blob)).toBeNull();
  expect(readFileSync(open, 'utf8')).toBe(`other ${keys.b!.line}\nhost ${keys.a!.line}\n`);
});

test('two connections that were both begun before the key was stored store it once', () => {
  const path = join(folder, 'race');
  const both = [checkHostKey(settings(path), true), checkHostKey(settings(path), true)];
  expect(both.map((check) => check.judge(keys.a!.blob))).toEqual([null, null]);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
  const third = checkHostKey(settings(join(folder, 'race2')), true);
  checkHostKey(settings(join(folder, 'race2')), true).judge(keys.a!.blob);
  expect(third.judge(keys.b!.blob)).toMatchObject({ code: 'host-key-changed' });
});

test('accepting new keys never accepts a changed or revoked one', () => {
  for (const text of [`host ${keys.b!.line}\n`, `@revoked host ${keys.a!.line}\n`]) {
    const path = file(text);
    expect(checkHostKey(settings(path), true).judge(keys.a!.blob)).toMatchObject({ code: 'host-key-changed' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});

let count = 0;
function file(text: string): string {
  const path = join(folder, `known_hosts${count++}`);
  writeFileSync(path, text);
  return path;
}

function settings(path: string, more: Partial<HostSettings> = {}): HostSettings {
  return { host: 'host', hostKeyName: 'host', knownHosts: { user: [path], global: [] }, ...more } as HostSettings;
}

function judge(text: string, key: string, more: Partial<HostSettings> = {}) {
  return checkHostKey(settings(file(text), more), false).judge(keys[key]!.blob);
}
