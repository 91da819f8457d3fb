import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabHost } from '../../lab/index.ts';

/** A configuration that reaches a lab host through a local port, its host key still verified. */
export function sshConfigThrough(host: LabHost, port: number, more = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-audit-bench-'));
  const known = readFileSync(host.knownHosts, 'utf8').replaceAll(host.address, `[127.0.0.1]:${port}`);
  writeFileSync(join(folder, 'known_hosts'), known);
  const config = `Host ubuntu
  HostName 127.0.0.1
  Port ${port}
  User ubuntu
  IdentityFile ${host.identity}
  IdentitiesOnly yes
  UserKnownHostsFile ${join(folder, 'known_hosts')}
${more}`;
  writeFileSync(join(folder, 'config'), config);
  return join(folder, 'config');
}
