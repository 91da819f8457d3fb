import { Failure } from '../failure.ts';
import type { HostSettings } from './config.ts';
import type { Login } from './handshake.ts';
import { nameOf } from './route.ts';

/** The host hung up before any key was exchanged: it may just have too many connections open (MaxStartups). */
export class Dropped extends Failure {}

/** Says which part of a handshake failed. `verified`: the host key was good, so what follows is about the login. */
export function handshakeFailure(
  error: Error & { level?: string; code?: unknown },
  settings: HostSettings,
  verified: boolean,
  login: Login,
): Failure {
  const where = nameOf(settings);
  const { level, message } = error;
  if (level === 'client-authentication' || (verified && /authentication failures/i.test(message)))
    return login.refused();
  if (level === 'client-timeout') {
    const hint = 'is it an SSH server, and is the host overloaded?';
    return new Failure(
      'timeout',
      `network: ${where} took the connection, but the SSH handshake did not end within ${settings.connectSeconds} s`,
      hint,
    );
  }
  if (level === 'handshake' && /no matching/.test(message)) {
    const hint = 'host certificates, sk- keys and kex that is post-quantum only are not supported';
    return new Failure('refused', `${where} and fleet-audit have no algorithm in common: ${message}`, hint);
  }
  if (verified) {
    const hint = 'ask the log of its sshd: journalctl -u ssh. Is the user allowed to log in (AllowUsers, DenyUsers)?';
    return new Failure('auth', `authentication: ${where} hung up during the login: ${message}`, hint);
  }
  return new Dropped(
    'refused',
    `network: ${where} hung up before the SSH handshake (${message})`,
    'is it an SSH server? It may have too many connections (MaxStartups) or have banned this address (fail2ban, PerSourcePenalties)',
  );
}
