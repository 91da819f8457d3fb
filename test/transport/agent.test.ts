import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransport, type TransportOptions } from '../../src/transport/index.ts';
import { fakeHost, makePlace, settingsFor, type FakeHost, type Place } from './fake-host.ts';
import { eventually, probe } from './shells.ts';

// A real ssh-agent that holds three keys, of which the host takes one.
let place: Place;
let host: FakeHost;
let agent: ChildProcess;
let socket: string;

beforeAll(async () => {
  place = makePlace();
  socket = join(place.folder, 'agent');
  agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await eventually(() => existsSync(socket), 5);
  const keys = ['other', 'stranger', 'user'].map((name) => join(place.folder, name));
  execFileSync('ssh-add', ['-q', ...keys], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  host = await fakeHost(place);
});

afterAll(() => {
  host.close();
  agent.kill();
  place.close();
});

async function attempts(options: TransportOptions): Promise<{ logins: number; attempts: string[]; said: string }> {
  host.attempts.length = 0;
  const { logins, error } = await createTransport('h', options).collect([probe('a', 'echo')], { timeoutSeconds: 20 });
  return { logins, attempts: [...host.attempts], said: error?.message ?? '' };
}

/** Lines of ours before those of the place: the first value counts. */
function settings(text: string): TransportOptions {
  const options = settingsFor(place, host.port);
  const path = `${options.sshConfigFile}-agent`;
  const old = readFileSync(options.sshConfigFile!, 'utf8').replace(/ IdentityFile .*\n| IdentityAgent .*\n/g, '');
  writeFileSync(path, `Host h\n ${text}\n IdentityAgent ${socket}\n${old}`);
  return { ...options, sshConfigFile: path };
}

test('its keys are tried, each once', async () => {
  const { logins, attempts: made } = await attempts(settings(`IdentityFile ${place.folder}/missing`));
  expect(logins).toBe(1);
  expect(made).toEqual(['publickey', 'publickey', 'publickey', 'publickey signed']);
});

test('a named key that it holds comes first, and its file is not opened', async () => {
  const { logins, attempts: made } = await attempts(settings(`IdentityFile ${place.folder}/user`));
  expect([logins, made]).toEqual([1, ['publickey', 'publickey signed']]);
});

test('IdentitiesOnly keeps its other keys back', async () => {
  const { logins, attempts: made } = await attempts(
    settings(`IdentityFile ${place.folder}/stranger\n IdentitiesOnly yes`),
  );
  expect([logins, made]).toEqual([0, ['publickey']]);
});

test('an agent that is gone is said, and does no other harm', async () => {
  const gone = settings(`IdentityFile ${place.folder}/stranger\n IdentityAgent ${place.folder}/nobody`);
  const { logins, said } = await attempts(gone);
  expect(logins).toBe(0);
  expect(said).toContain(`not used: agent ${place.folder}/nobody`);
});
