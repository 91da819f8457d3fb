import type { Session } from '../transport/index.ts';
import type { Operator } from './host/scripts.ts';
import { wordsIn } from './words.ts';

/** Who is logged in, by whose leave: sudo(8) says who asked it. */
export async function whoAmI(session: Session): Promise<Operator> {
  const ask = `set -- \${FA_SSH_CONNECTION:-}; printf 'login|%s\\nfrom|%s\\nat|%s\\nport|%s\\n' "\${SUDO_USER:-$(id -un)}" "\${1:-}" "\${3:-}" "\${4:-}"`;
  const { login = '', from = '', at = '', port = '' } = wordsIn((await session.run(ask, 20)).stdout);
  return session.login ? { login, from, at, port } : { login: '', from: '', at: '', port: '' };
}
