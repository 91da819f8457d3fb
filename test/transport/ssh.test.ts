import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTransport, type TransportOptions } from '../../src/transport/index.ts';
import { askLoginMethods } from '../../src/vantage/index.ts';
import {
  fakeHost,
  listen,
  makePlace,
  runHere,
  settingsFor,
  type Behaviour,
  type FakeHost,
  type Place,
} from './fake-host.ts';
import { probe } from './shells.ts';

let place: Place;
let hosts: FakeHost[] = [];
beforeAll(() => {
  place = makePlace();
});
afterEach(() => {
  hosts.forEach((host) => host.close());
  hosts = [];
});
afterAll(() => place.close());

const probes = [probe('from', 'echo "$FA_FROM"'), probe('hello', 'echo hello')];
const asRoot = process.getuid!() === 0;

async function start(behaviour: Behaviour = {}): Promise<FakeHost> {
  const host = await fakeHost(place, behaviour);
  hosts.push(host);
  return host;
}

function collect(options: TransportOptions, timeoutSeconds = 20, signal?: AbortSignal) {
  return createTransport('h', options).collect(probes, { timeoutSeconds, ...(signal && { signal }) });
}

test.runIf(asRoot)('one login, one exec, one attempt', async () => {
  const host = await start();
  const { answers, error, logins, execs } = await collect(settingsFor(place, host.port));
  expect(error).toBeNull();
  expect(answers.from).toMatchObject({ outcome: 'exited', code: 0, stdout: '192.0.2.7\n', digest: 'digest of from' });
  expect({ logins, execs, attempts: host.attempts, connections: host.connections }).toEqual({
    logins: 1,
    execs: 1,
    attempts: ['publickey', 'publickey signed'],
    connections: 1,
  });
});

describe('the network', () => {
  test('nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    expect(await failure(settingsFor(place, port))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(`someone@127.0.0.1:${port}`),
    });
  });

  test('a name that does not exist', async () => {
    const { error } = await createTransport(
      'ssh://no-such-host.invalid',
      settingsFor(place, 1, `Host *\n IdentityFile ${place.folder}/user\n`),
    ).collect(probes, { timeoutSeconds: 20 });
    expect(error).toMatchObject({ code: 'dns', message: expect.stringContaining('no-such-host.invalid') });
  });

  test('a server that says nothing', async () => {
    const host = await start({ intercept: () => true });
    expect(await failure(settingsFor(place, host.port))).toMatchObject({ code: 'timeout' });
    expect(host.connections).toBe(1);
  });

  test('a server that speaks something else', async () => {
    const host = await start({ intercept: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') && true });
    const { code } = await failure(settingsFor(place, host.port));
    expect(code).toBe('refused');
  });

  test('a connection dropped before the handshake is tried again, and then works', async () => {
    const host = await start({ intercept: (socket, nth) => nth < 3 && Boolean(socket.destroy()) });
    const { logins } = await collect(settingsFor(place, host.port));
    expect([host.connections, logins]).toEqual([3, 1]);
  });

  test('but not for ever, and no login is attempted', async () => {
    const host = await start({ intercept: (socket) => Boolean(socket.destroy()) });
    const { error, logins, execs } = await collect(settingsFor(place, host.port));
    expect(error).toMatchObject({ code: 'refused', hint: expect.stringContaining('MaxStartups') });
    expect([host.connections, logins, execs, host.attempts.length]).toEqual([4, 0, 0, 0]);
  });

  test('an interruption closes the connection at once', async () => {
    const host = await start({ exec: () => {} });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    const before = performance.now();
    const { error } = await collect(settingsFor(place, host.port), 60, stop.signal);
    expect(performance.now() - before).toBeLessThan(3000);
    expect(error).toMatchObject({ code: 'lost', message: expect.stringContaining('interrupted') });
  });

  test('a host that never answers runs into the limit', async () => {
    const host = await start({ exec: () => {} });
    expect((await collect(settingsFor(place, host.port), 2)).error).toMatchObject({ code: 'timeout' });
  });
});

describe('the host key', () => {
  test('unknown: refused before any login', async () => {
    const host = await start();
    expect(await failure(settingsFor(place, host.port, '', ''))).toMatchObject({
      code: 'host-key-unknown',
      message: expect.stringContaining('SHA256:'),
      hint: expect.stringContaining(place.hostLine),
    });
    expect([host.attempts.length, host.connections]).toEqual([0, 1]);
  });

  test('changed: refused before any login, accepted by no option', async () => {
    const host = await start();
    const other = readFileSync(join(place.folder, 'other.pub'), 'utf8').trim();
    const options = { ...settingsFor(place, host.port, '', other), acceptNewHostKey: true };
    expect(await failure(options)).toMatchObject({
      code: 'host-key-changed',
      message: expect.stringContaining('known:1'),
    });
    expect([host.attempts.length, host.connections]).toEqual([0, 1]);
  });

  test('new and to be accepted: stored, and known from then on', async () => {
    const host = await start();
    const options = settingsFor(place, host.port, '', '');
    expect((await collect({ ...options, acceptNewHostKey: true })).logins).toBe(1);
    expect((await collect(options)).logins).toBe(1);
  });
});

describe('the login', () => {
  test('refused: told what was tried and what is allowed, attempted once, never again', async () => {
    const host = await start();
    const options = { ...settingsFor(place, host.port), identity: join(place.folder, 'stranger') };
    expect(await failure(options)).toMatchObject({
      code: 'auth',
      message: expect.stringMatching(/stranger.*keyboard-interactive/),
    });
    expect([host.connections, host.attempts]).toEqual([1, ['publickey']]);
  });

  test('an encrypted key is asked for once per run, and used', async () => {
    const host = await start({ authenticate: (context) => context.accept() });
    let asked = 0;
    const options: TransportOptions = {
      ...settingsFor(place, host.port),
      identity: join(place.folder, 'locked'),
      askPassphrase: async (path) => (asked++, path.endsWith('locked') ? 'secret' : null),
    };
    const both = await Promise.all([collect(options), collect(options)]);
    expect(both.map(({ logins }) => logins)).toEqual([1, 1]);
    expect(asked).toBe(1);
  });

  test.each([
    ['wrong', 'wrong passphrase'],
    [null, 'no passphrase'],
  ])('a passphrase that is %s costs no attempt', async (passphrase, words) => {
    const host = await start();
    const options = {
      ...settingsFor(place, host.port),
      identity: join(place.folder, 'locked'),
      askPassphrase: async () => passphrase,
    };
    expect(await failure(options)).toMatchObject({ code: 'auth', message: expect.stringContaining(words) });
    expect(host.connections).toBe(0);
  });

  test('no key at all', async () => {
    const options = { ...settingsFor(place, 1), identity: join(place.folder, 'none') };
    expect(await failure(options)).toMatchObject({ code: 'auth', message: expect.stringContaining('no key') });
  });

  test('a host that wants a second factor', async () => {
    const authenticate: Behaviour['authenticate'] = (context) => context.reject(['password'], true);
    const host = await start({ authenticate });
    expect(await failure(settingsFor(place, host.port))).toMatchObject({
      code: 'auth',
      message: expect.stringContaining('second factor'),
    });
  });
});

describe('the command', () => {
  test('the connection breaks midway: once more, and counted', async () => {
    const host = await start({
      exec: (channel, command, connection, nth) => (nth === 1 ? void connection.end() : runHere(channel, command)),
    });
    const { error, logins, execs } = await collect(settingsFor(place, host.port));
    expect([error?.code, logins, execs]).toEqual([asRoot ? undefined : 'sudo', 2, 2]);
  });

  test('it breaks midway again: lost', async () => {
    const host = await start({
      exec: (channel, _command, connection) => (channel.write('\nFA1 '), void setTimeout(() => connection.end(), 50)),
    });
    const { error, answers, logins, execs } = await collect(settingsFor(place, host.port));
    expect([error?.code, answers, logins, execs]).toEqual(['lost', {}, 2, 2]);
  });

  test.each([
    ['sudo: a password is required', 1, 'it wants a password'],
    ['someone is not in the sudoers file.', 1, 'not in the sudoers file'],
    ['sudo: sorry, you must have a tty to run sudo', 1, 'terminal'],
    ['Sorry, user someone is not allowed to execute "/bin/sh" as root on h.', 1, 'rules'],
    ['sh: 1: sudo: not found', 127, 'no sudo'],
    ['sudo: interactive authentication is required', 1, 'it wants a password'],
  ])('sudo says "%s": everything is denied, with one exec', async (complaint, code, words) => {
    const host = await start({
      exec: (channel) => {
        channel.stderr.write(`${complaint}\n`);
        channel.exit(code);
        channel.end();
      },
    });
    const { error, answers, execs } = await collect(settingsFor(place, host.port));
    expect(error).toMatchObject({
      code: 'sudo',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('someone ALL=(root) NOPASSWD: ALL'),
    });
    expect(Object.values(answers).map(({ outcome }) => outcome)).toEqual(['denied', 'denied']);
    expect(execs).toBe(1);
  });

  test('a login that runs no shell', async () => {
    const host = await start({
      exec: (channel) => {
        channel.write('This account is currently not available.\n');
        channel.exit(1);
        channel.end();
      },
    });
    const { error, answers, execs } = await collect(settingsFor(place, host.port));
    expect(error).toMatchObject({ code: 'shell', message: expect.stringContaining('currently not available') });
    expect([answers, execs]).toEqual([{}, 2]);
  });

  test.runIf(asRoot)('start-up files that swallow stdin: the script goes along in the command', async () => {
    const host = await start({ exec: (channel, command) => runHere(channel, `cat >/dev/null; ${command}`) });
    const { error, answers, execs } = await collect(settingsFor(place, host.port));
    expect([error, answers.hello!.stdout, execs]).toEqual([null, 'hello\n', 2]);
  });

  test.runIf(asRoot)('start-up files that swallow stdin: a secret does not go along in the command', async () => {
    const commands: string[] = [];
    const host = await start({
      exec: (channel, command) => {
        commands.push(command);
        runHere(channel, `cat >/dev/null; ${command}`);
      },
    });
    const transport = createTransport('h', settingsFor(place, host.port));
    const asking = [probe('a', 'echo "${FA_SECRET_PW-not here}"')];
    const { answers } = await transport.collect(asking, { timeoutSeconds: 20, secrets: { pw: 'hunter2' } });
    expect(answers.a!.stdout).toBe('not here\n');
    expect(commands.join('\n')).not.toContain('hunter2');
  });

  test.runIf(asRoot)('noise of start-up files does not matter', async () => {
    const noise = 'head -c 200000 /dev/urandom; echo oops >&2; ';
    const host = await start({ exec: (channel, command) => runHere(channel, noise + command) });
    const { answers, execs } = await collect(settingsFor(place, host.port));
    expect([answers.hello!.stdout, execs]).toEqual(['hello\n', 1]);
  });

  test('a host that never stops talking is cut off', async () => {
    const host = await start({ exec: (channel) => runHere(channel, 'cat /dev/zero') });
    expect((await collect(settingsFor(place, host.port), 60)).error).toMatchObject({ code: 'shell' });
  });
});

describe('a jump host', () => {
  test.runIf(asRoot)('is logged in to once for all targets behind it, its key is verified', async () => {
    const [gate, host] = [await start(), await start()];
    const more = ` ProxyJump gate\nHost gate\n HostName 127.0.0.1\n HostKeyAlias gate\n UserKnownHostsFile ${place.folder}/gate-known\n Port ${gate.port}\n User x\n IdentityFile ${place.folder}/user\n IdentityAgent none\nHost *\n`;
    writeFileSync(join(place.folder, 'gate-known'), `gate ${place.hostLine}\n`);
    const options = settingsFor(place, host.port, more);
    const both = await Promise.all([collect(options), collect(options)]);
    expect(both.map(({ error }) => error)).toEqual([null, null]);
    expect(gate.connections).toBe(1);
    expect(both.map(({ logins }) => logins).sort()).toEqual([1, 2]);
  });

  test('that is not known is refused', async () => {
    const [gate, host] = [await start(), await start()];
    const more = ` ProxyJump x@127.0.0.1:${gate.port}\nHost *\n IdentityFile ${place.folder}/user\n UserKnownHostsFile /dev/null\n GlobalKnownHostsFile none\n`;
    expect(await failure(settingsFor(place, host.port, more))).toMatchObject({
      code: 'host-key-unknown',
      message: expect.stringContaining(`:${gate.port}`),
    });
    expect([gate.attempts.length, host.connections]).toEqual([0, 0]);
  });
});

describe('the login methods', () => {
  test('are those that the host names, asked with one attempt', async () => {
    const host = await start();
    expect(await askLoginMethods('h', settingsFor(place, host.port), { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'exited',
      stdout: 'publickey,keyboard-interactive',
    });
    expect(host.attempts).toEqual(['none']);
  });

  test('are "none" where everybody gets in', async () => {
    const host = await start({ authenticate: (context) => context.accept() });
    expect(await askLoginMethods('h', settingsFor(place, host.port), { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'exited',
      stdout: 'none',
    });
  });

  test('are lost when the host key is not known, or nobody listens', async () => {
    const host = await start();
    expect(await askLoginMethods('h', settingsFor(place, host.port, '', ''), { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'lost',
      stdout: '',
      stderr: expect.stringContaining('host key'),
    });
    expect(await askLoginMethods('h', settingsFor(place, 1), { timeoutSeconds: 60 })).toMatchObject({
      outcome: 'lost',
      stdout: '',
    });
  });
});

async function failure(options: TransportOptions) {
  const { error, answers, execs } = await collect(options);
  expect([answers, execs]).toEqual([{}, 0]);
  expect(error!.hint).not.toBe('');
  return error!;
}
