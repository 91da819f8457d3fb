import type { Session } from '../transport/index.ts';
import { wordsIn } from './words.ts';

/** Who logged in, and from where: whoever that is must still get in. Empty on the machine itself. */
export interface Operator {
  login: string;
  from: string;
  /** Address of the host, as the login came in by it. */
  at: string;
  /** Of the host. */
  port: string;
  /** Accounts beside the login that must not be shut out either, where they get in now. */
  others: string[];
}

/** Of the names that useradd(8) of Debian takes, dots and capitals too: no patterns, and nothing that a shell or sshd(8) could take for more. */
const isAccount = /^\w[\w.-]*\$?$/;

/** Who is logged in, by whose leave: sudo(8) says who asked it; and who else is to keep the way in. */
export async function whoAmI(session: Session, keepAccess: string[]): Promise<Operator> {
  const ask = `set -- \${FA_SSH_CONNECTION:-}; printf 'login|%s\\nfrom|%s\\nat|%s\\nport|%s\\n' "\${SUDO_USER:-$(id -un)}" "\${1:-}" "\${3:-}" "\${4:-}"`;
  const { login = '', from = '', at = '', port = '' } = wordsIn((await session.run(ask, 20)).stdout);
  const others = keepAccess.map((each) => each.split('@')[0]!).filter((each) => each !== login && isAccount.test(each));
  return session.login ? { login, from, at, port, others } : { login: '', from: '', at: '', port: '', others: [] };
}
