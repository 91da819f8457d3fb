import { access } from './library/access.ts';
import { docker } from './library/docker.ts';
import { dockerUser } from './library/docker-user.ts';
import { fail2ban } from './library/fail2ban.ts';
import { files } from './library/files.ts';
import { journal } from './library/journal.ts';
import { logins } from './library/logins.ts';
import { packages } from './library/packages.ts';
import { sshd } from './library/sshd.ts';
import { sysctls } from './library/sysctls.ts';
import { tidy } from './library/tidy.ts';
import { touched } from './library/touched.ts';
import { ufw } from './library/ufw.ts';
import { units } from './library/units.ts';

const head = `set -u; umask 077
LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH T
`;

/**
 * What worker and rollback share on the host: POSIX sh with coreutils, util-linux and systemd, nothing else, one subject a file. `T` is the transaction's
 * directory. `state/` in it holds one file; who renames it first has decided, for mv(1) fails for the other. The lock is held by whoever changes the
 * host, not by the client.
 */
export const library = [
  head,
  journal,
  files,
  units,
  sysctls,
  access,
  touched,
  packages,
  sshd,
  logins,
  fail2ban,
  docker,
  ufw,
  dockerUser,
  tidy,
].join('');
