import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../support/folder.ts';

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a run with 130 and writes no report', async (signal) => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const connected = once(silent, 'connection');
  const { port } = silent.address() as AddressInfo;
  const cwd = folderWith({ config: '', key: rsaKey() });

  const target = `ssh://nobody@127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [resolve('dist/cli.js'), 'run', '--ssh-config', 'config', '--identity', 'key', '--target', target],
    {
      cwd,
    },
  );
  await connected;
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number | null];
  silent.close();

  expect(code).toBe(130);
  expect(readdirSync(cwd)).toEqual(['config', 'key']);
});

/** Some key: nobody gets as far as to look at it. */
function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return privateKey;
}
