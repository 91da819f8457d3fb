import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransport } from '../../src/transport/index.ts';
import { askLoginMethods } from '../../src/vantage/index.ts';
import { listen, makePlace, settingsFor, type Place } from './fake-host.ts';
import { eventually, probe } from './shells.ts';

// OpenSSH's own server on loopback, with a configuration and a port of its own. It needs no root, and is not run where
// it cannot start (as root it wants a user `sshd`); the lab has it in any case.
const sshd = process.env.FLEET_AUDIT_SSHD ?? '/usr/sbin/sshd';
const startable =
  spawnSync(sshd, ['-V']).error === undefined && (process.getuid!() !== 0 || spawnSync('id', ['sshd']).status === 0);

describe.skipIf(!startable)('a real sshd', () => {
  let place: Place;
  let server: ChildProcess;
  let port: number;

  beforeAll(async () => {
    place = makePlace();
    const net = createServer();
    port = await listen(net);
    await new Promise((done) => net.close(done));
    const authorized = join(place.folder, 'authorized_keys');
    writeFileSync(authorized, readFileSync(join(place.folder, 'user.pub')), { mode: 0o600 });
    chmodSync(place.folder, 0o755);
    const lines = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${place.folder}/host`,
      `AuthorizedKeysFile ${authorized}`,
    ];
    writeFileSync(
      join(place.folder, 'sshd_config'),
      [...lines, 'PidFile none', 'StrictModes no', 'UsePAM no', 'PasswordAuthentication no', ''].join('\n'),
    );
    server = spawn(sshd, ['-D', '-e', '-f', join(place.folder, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    server.stderr!.on('data', (chunk) => (log += chunk));
    if (!(await eventually(() => log.includes('Server listening'), 10))) throw new Error(`sshd did not start: ${log}`);
  });
  afterAll(() => {
    server.kill();
    place.close();
  });

  test('one login, one exec; without root or sudo everything is denied', async () => {
    const target = `ssh://${userInfo().username}@h`;
    const { answers, error, logins, execs } = await createTransport(target, settingsFor(place, port)).collect(
      [probe('who', 'id -u')],
      { timeoutSeconds: 20 },
    );
    expect([logins, execs]).toEqual([1, 1]);
    if (error) expect([error.code, answers.who!.outcome]).toEqual(['sudo', 'denied']);
    else expect(answers.who!.stdout).toBe('0\n');
  });

  test('the login methods', async () => {
    const options = settingsFor(place, port);
    expect(await askLoginMethods(`ssh://${userInfo().username}@h`, options, { timeoutSeconds: 20 })).toMatchObject({
      outcome: 'exited',
      stdout: 'publickey,keyboard-interactive',
    });
  });
});
