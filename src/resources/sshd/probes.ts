import type { HostProbe } from '../../model/probe.ts';
import { keywords } from './keywords.ts';
import { discover } from './snippets/discover.ts';
import { files } from './snippets/files.ts';
import { logins } from './snippets/logins.ts';

/**
 * sshd's own account of its configuration: for every set of options that a running or starting sshd has, what it makes of its files
 * (`sshd -T -ddd` says which it reads and which line sets what), for logins that between them meet every Match block.
 */
export const effectiveProbe: HostProbe = {
  kind: 'host',
  name: 'sshd.effective',
  timeoutSeconds: 30,
  run: `keys='${[...Object.keys(keywords), 'ListenAddress', 'HostKey'].join('|').toLowerCase()}'
${discover}
${logins}
${files}
`,
};
