/** A target that nobody could connect to as it is written. The caller prints both and exits as for any usage error. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly suggestion: string;

  constructor(message: string, suggestion: string) {
    super(message);
    this.suggestion = suggestion;
  }
}

/** What the user wrote; what is missing comes from ssh_config or a default. */
export interface Destination {
  host: string;
  user?: string;
  port?: number;
}

/**
 * Reads `ssh://[user@]host[:port]` or a bare alias of ssh_config.
 * @throws {TargetError} when it is neither
 */
export function parseTarget(target: string): Destination {
  if (target.startsWith('ssh://')) return parseUri(target);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(target)?.[1];
  if (scheme)
    throw new TargetError(`target "${target}": unknown scheme ${scheme}`, 'use local, ssh://user@host or an alias');
  if (target.includes('@')) throw new TargetError(`target "${target}" is no alias`, `did you mean ssh://${target}?`);
  return { host: checkHost(target, target) };
}

/** The authority of RFC 3986 without a password, IPv6 in brackets. Also the form of a hop in ProxyJump. */
export function parseUri(uri: string): Destination {
  const words = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]/]*\]|[^:/@]*)(?::([^/:@]*))?\/?$/.exec(uri);
  if (!words) throw malformed(uri);
  const [, userinfo, bracketed = '', port] = words;
  const user = userinfo === undefined ? undefined : checkUser(uri, userinfo);
  return {
    host: checkHost(uri, bracketed),
    ...(user && { user }),
    ...(port !== undefined && { port: checkPort(uri, port) }),
  };
}

function malformed(target: string): TargetError {
  const hint = /:.*:/.test(target.slice(6))
    ? 'write an IPv6 address in brackets: ssh://user@[2001:db8::1]:22'
    : 'write it as ssh://user@host:port';
  return new TargetError(`target "${hideSecret(target)}" is malformed`, hint);
}

function checkUser(target: string, userinfo: string): string {
  if (userinfo.includes(':')) {
    const said = `target "${hideSecret(target)}" has a password in it, where others can read it`;
    throw new TargetError(said, 'leave it out and log in with a key');
  }
  const user = decode(userinfo);
  if (!/^[^\s\0-\x1f-][^\s\0-\x1f]*$/.test(user))
    throw new TargetError(`target "${target}" has no valid user`, 'write it as ssh://user@host:port');
  return user;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkHost(target: string, text: string): string {
  const host = text.startsWith('[') ? text.slice(1, -1) : text;
  const pattern = text.startsWith('[') ? /^[0-9a-f:.]+(%[\w.-]+)?$/i : /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
  if (pattern.test(host)) return host;
  if (/^[0-9a-f]*:[0-9a-f:]+$/i.test(host))
    throw new TargetError(`target "${target}" is no alias`, `did you mean ssh://[${host}]?`);
  throw new TargetError(
    `target "${target}" has no valid host`,
    'use local, ssh://user@host:port or an alias of your ssh_config',
  );
}

function checkPort(target: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65536) return port;
  throw new TargetError(`target "${target}" has no valid port`, 'a port is a number from 1 to 65535');
}

function hideSecret(target: string): string {
  return target.replace(/\/\/([^@:]*):.*@/, '//$1:***@');
}
