import type { TransportOptions } from '../options.ts';
import { Failure } from '../failure.ts';
import type { HostSettings } from './config.ts';
import { findCredentials } from './credentials.ts';
import type { Login } from './handshake.ts';
import { nameOf } from './route.ts';

/**
 * A login with the user's keys, each offered once: sshd and fail2ban count failures.
 * @throws {Failure} auth, when there is no key to offer
 */
export async function keyLogin(settings: HostSettings, options: TransportOptions): Promise<Login> {
  const { methods, tried, skipped } = await findCredentials(settings, options);
  const notes = skipped.length > 0 ? `; not used: ${skipped.join(', ')}` : '';
  if (methods.length === 0) {
    const message = `authentication: there is no key to log in to ${nameOf(settings)} with${notes}`;
    throw new Failure(
      'auth',
      message,
      'name one with --identity or IdentityFile in your ssh_config, or start ssh-agent',
    );
  }
  let allowed: string[] = [];
  let isPartial = false;
  return {
    next: (offered, partial) => {
      if (offered) [allowed, isPartial] = [offered, partial];
      return offered && !offered.includes('publickey') ? false : (methods.shift() ?? false);
    },
    refused: () => refused(settings, `${tried.join(', ')}${notes}`, allowed, isPartial),
  };
}

function refused(settings: HostSettings, keys: string, allowed: string[], partial: boolean): Failure {
  const where = nameOf(settings);
  const offers = allowed.length > 0 ? `; the host allows: ${allowed.join(', ')}` : '';
  if (partial) {
    const message = `authentication: ${where} took the key but wants a second factor${offers}`;
    return new Failure(
      'auth',
      message,
      'a user for audits needs a login by key alone (AuthenticationMethods publickey)',
    );
  }
  const hint = `is the key in ~${settings.user}/.ssh/authorized_keys, and is the user right? Try: ssh -v -p ${settings.port} ${settings.user}@${settings.host}`;
  return new Failure('auth', `authentication: ${where} refused every key (${keys})${offers}`, hint);
}
