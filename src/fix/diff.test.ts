import { expect, test } from 'vitest';
import { diffOf } from './diff.ts';

const state = (content: string) => ({ content, mode: '0644', owner: 'root:root' });
const diff = (secret: string) => diffOf('/etc/docker/daemon.json', state(`${secret}\n`), state(`${secret}\n# new\n`));

test.each([
  ['"http-proxy": "http://u:hunter2@proxy:3128"', '"http-proxy": "http://u:…@proxy:3128"'],
  ['//nas/x /mnt cifs user=u,password=hunter2,uid=1 0 0', '//nas/x /mnt cifs user=u,password=…,uid=1 0 0'],
  ['"registry-token": "hunter2"', '"registry-token": "…"'],
  ['API_KEY=hunter2', 'API_KEY=…'],
])('a secret beside what changes is not shown: %s', (line, shown) => {
  expect(diff(line)).toContain(` ${shown}\n+# new\n`);
  expect(diff(line)).not.toContain('hunter2');
});

test.each(['PasswordAuthentication no', 'PermitEmptyPasswords no', 'proxy http://proxy:3128/'])(
  'what is no secret is shown: %s',
  (line) => expect(diff(line)).toContain(` ${line}\n`),
);
