import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../failure.ts';
import type { HostSettings } from './config.ts';
import { findKeys, typeOf, type KnownKey } from './known-hosts.ts';

/** Decides about the key that a host shows. */
export interface HostKeyCheck {
  /** Algorithms to offer, those of stored keys first: otherwise the host may show another key and look changed. */
  algorithms: string[];
  /** null if the key is the host's. */
  judge(key: Buffer): Failure | null;
}

/** What is stored about a hop's key. Unknown keys are stored only if `acceptNew`, changed and revoked ones never. */
export function checkHostKey(settings: HostSettings, acceptNew: boolean): HostKeyCheck {
  const files = [...settings.knownHosts.user, ...settings.knownHosts.global];
  const stored = findKeys(settings.hostKeyName, files);
  const types = stored.filter(({ marker }) => marker === null).map(({ type }) => type);
  const judge = (key: Buffer) => judgeKey(key, stored, settings, files) ?? null;
  return {
    algorithms: orderAlgorithms(types),
    judge: (key) => {
      const failure = judge(key);
      if (!acceptNew || failure?.code !== 'host-key-unknown') return failure;
      return store(settings, key);
    },
  };
}

/** ssh-rsa with SHA-1 is left out: an RSA key must sign with SHA-2 (RFC 8332). */
const allAlgorithms = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

function orderAlgorithms(types: string[]): string[] {
  const isStored = (name: string) => types.includes(name.startsWith('rsa-sha2') ? 'ssh-rsa' : name);
  return [...allAlgorithms.filter(isStored), ...allAlgorithms.filter((name) => !isStored(name))];
}

function judgeKey(key: Buffer, stored: KnownKey[], settings: HostSettings, files: string[]): Failure | undefined {
  const revoked = [...stored, ...findKeys(settings.host, files)].find(
    (each) => each.marker === 'revoked' && each.key.equals(key),
  );
  if (revoked) return revokedKey(settings, key, revoked);
  const plain = stored.filter(({ marker }) => marker === null);
  if (plain.some((each) => each.key.equals(key))) return undefined;
  if (plain.length > 0) return changed(settings, key, plain.find((each) => each.type === typeOf(key)) ?? plain[0]!);
  // OpenSSH also takes the key stored for the host's default port, if it is the very same one
  const elsewhere = findKeys(settings.host, files);
  if (settings.hostKeyName.startsWith('[') && elsewhere.some((each) => each.marker === null && each.key.equals(key)))
    return undefined;
  return unknown(
    settings,
    key,
    stored.find(({ marker }) => marker === 'cert-authority'),
  );
}

function revokedKey({ hostKeyName }: HostSettings, key: Buffer, { where }: KnownKey): Failure {
  return new Failure(
    'host-key-changed',
    `host key verification of ${hostKeyName} failed: its ${describe(key)} is revoked (${where})`,
    'somebody marked this key as not to be trusted: do not connect before its owner has given the host a new one',
  );
}

function changed({ hostKeyName }: HostSettings, key: Buffer, { where, type }: KnownKey): Failure {
  return new Failure(
    'host-key-changed',
    `host key verification of ${hostKeyName} failed: it shows ${describe(key)}, but ${where} has another one (${type})`,
    `either the host was reinstalled or somebody is in between. Ask its owner for the fingerprint; if it is right: ssh-keygen -R '${hostKeyName}' -f ${where.replace(/:\d+$/, '')}`,
  );
}

function unknown(settings: HostSettings, key: Buffer, authority: KnownKey | undefined): Failure {
  const note = authority
    ? `; host certificates (@cert-authority, ${authority.where}) are not supported, only plain keys`
    : '';
  return new Failure(
    'host-key-unknown',
    `host key verification of ${settings.hostKeyName} failed: its ${describe(key)} is not known${note}`,
    `compare the fingerprint with the host's owner, then use --accept-new-host-key or add to ${settings.knownHosts.user[0] ?? 'a known_hosts file'}: ${line(settings, key)}`,
  );
}

/** As `ssh-keygen -l` prints it. */
function describe(key: Buffer): string {
  const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
  return `${typeOf(key)} key SHA256:${digest}`;
}

function line({ hostKeyName }: HostSettings, key: Buffer): string {
  return `${hostKeyName} ${typeOf(key)} ${key.toString('base64')}`;
}

function store(settings: HostSettings, key: Buffer): Failure | null {
  const [file] = settings.knownHosts.user;
  // two connections at once meet here one after the other, because nothing in here waits
  const judged = judgeKey(
    key,
    findKeys(settings.hostKeyName, settings.knownHosts.user),
    settings,
    settings.knownHosts.user,
  );
  if (!judged) return null;
  if (judged.code !== 'host-key-unknown' || file === undefined) return judged;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
    appendFileSync(file, `${old === '' || old.endsWith('\n') ? '' : '\n'}${line(settings, key)}\n`, { mode: 0o600 });
    return null;
  } catch (error) {
    return new Failure(
      'host-key-unknown',
      `${judged.message}, and it cannot be stored: ${(error as Error).message}`,
      judged.hint,
    );
  }
}
