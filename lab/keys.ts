import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from './lock.ts';
import { hostFolder, identity } from './paths.ts';
import { must } from './run.ts';

/** The public half of the key that every login accepts; made once per cache folder. */
export async function publicKey(): Promise<string> {
  await withLock('keys', async () => {
    if (existsSync(identity)) return;
    await mkdir(dirname(identity), { recursive: true, mode: 0o700 });
    await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'fleet-audit-lab', '-f', identity]);
  });
  return (await readFile(`${identity}.pub`, 'utf8')).trim();
}

/** A fresh host key, so that a client that meets the wrong host notices. The image's RSA and ECDSA keys stay. */
export async function makeHostKey(root: string): Promise<void> {
  const path = join(root, 'etc/ssh/ssh_host_ed25519_key');
  await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'root@vps', '-f', path], 'y\n');
}

export const accessFiles = (name: string) => ({
  sshConfig: join(hostFolder(name), 'ssh_config'),
  knownHosts: join(hostFolder(name), 'known_hosts'),
});

/** Writes the files with which ssh and fleet-audit reach the host: strict host keys, one identity, no agent. */
export async function writeAccess(name: string, root: string, address: string, port: number): Promise<void> {
  const { sshConfig, knownHosts } = accessFiles(name);
  const folder = join(root, 'etc/ssh');
  const files = (await readdir(folder)).filter((file) => /^ssh_host_.*\.pub$/.test(file));
  const keys = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const label = port === 22 ? address : `[${address}]:${port}`;
  await writeFile(knownHosts, keys.map((key) => `${label} ${key.split(' ').slice(0, 2).join(' ')}\n`).join(''));
  const users = ['root', 'ubuntu', 'fleetclaw'];
  const common = [
    ['HostName', address],
    ['Port', port],
    ['IdentityFile', identity],
    ['IdentitiesOnly', 'yes'],
    ['IdentityAgent', 'none'],
    ['UserKnownHostsFile', knownHosts],
    ['GlobalKnownHostsFile', '/dev/null'],
    ['StrictHostKeyChecking', 'yes'],
  ].map(([key, value]) => `  ${key} ${value}\n`);
  const own = users.map((user) => `Host ${user}\n  User ${user}\n`);
  await writeFile(sshConfig, [...own, `Host ${users.join(' ')} ${address}\n`, ...common].join(''));
}
