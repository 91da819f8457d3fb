import type { Session } from '../transport/index.ts';
import type { Operator } from './host/scripts.ts';
import { wordsIn } from './words.ts';

/** Who is logged in, by whose leave: sudo(8) says who asked it. */
export async function whoAmI(session: Session): Promise<Operator> {
  const ask = `printf 'login|%s\\nfrom|%s\\nport|%s\\n' "\${SUDO_USER:-$(id -un)}" "\${FA_SSH_CONNECTION%% *}" "\${FA_SSH_CONNECTION##* }"`;
  const { login = '', from = '', port = '' } = wordsIn((await session.run(ask, 20)).stdout);
  return session.login ? { login, from, port } : { login: '', from: '', port: '' };
}
