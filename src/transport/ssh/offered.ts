import { Failure } from '../failure.ts';
import type { TransportOptions } from '../options.ts';
import { parseTarget } from '../target.ts';
import { limitTime } from '../time-limit.ts';
import type { CollectOptions } from '../transport.ts';
import { connect } from './connect.ts';
import type { Login } from './handshake.ts';
import { createRoute, nameOf } from './route.ts';

/**
 * The authentication methods that a login meets, from one attempt with `none` (RFC 4252, section 5.2); `['none']` when
 * that is let in. Host keys are verified as for any connection.
 * @throws {Failure} when the host could not be asked
 * @throws {TargetError}
 */
export async function askOffered(
  target: string,
  options: TransportOptions,
  collecting: CollectOptions,
): Promise<string[]> {
  const route = createRoute(parseTarget(target), options);
  const where = nameOf(route.at(-1)!);
  const time = limitTime(where, collecting);
  let methods: string[] | null = null;
  const login = noneLogin(route.at(-1)!.user, where, (offered) => (methods = offered));
  try {
    const link = await connect(route, { options, time, onLogin: () => {} }, async () => login);
    link.close();
    return ['none'];
  } catch (error) {
    if (methods === null) throw error;
    return methods;
  } finally {
    time.stop();
  }
}

function noneLogin(username: string, where: string, onOffered: (methods: string[]) => void): Login {
  return {
    next: (offered) => {
      if (offered === null) return { type: 'none', username };
      onOffered(offered);
      return false;
    },
    refused: () => new Failure('auth', `authentication: ${where} named no methods`, 'see the log of its sshd'),
  };
}
