import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import type { TransportOptions } from '../options.ts';
import { loadSsh2 } from './ssh2.ts';

/** A private key file as it lies there. */
export interface KeyFile {
  path: string;
  content: Buffer | null;
  encrypted: boolean;
  /** From the file or from its `.pub`; tells whether the agent holds the key. */
  publicKey: Buffer | null;
  /** Why it cannot be used at all. */
  problem: string | null;
}

/** null when there is no such file, which is normal for the default ones. */
export async function readKeyFile(path: string): Promise<KeyFile | null> {
  const { parseKey } = (await loadSsh2()).utils;
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  const publicKey = toPublic(parseKey((await readFile(`${path}.pub`).catch(() => '')) || ''));
  if (content instanceof Error) {
    if (content.code === 'ENOENT' && !publicKey) return null;
    return { path, content: null, encrypted: false, publicKey, problem: `cannot be read: ${content.code}` };
  }
  const key = parseKey(content);
  const encrypted = key instanceof Error && /encrypted/i.test(key.message);
  const problem =
    key instanceof Error && !encrypted
      ? key.message
      : isPublic(key)
        ? 'a public key, and the agent has not its private one'
        : null;
  return { path, content, encrypted, publicKey: toPublic(key) ?? publicKey, problem };
}

/** The usable key, or why there is none. A passphrase is asked for once per file and run, however many hosts there are. */
export async function openKey(file: KeyFile, options: TransportOptions): Promise<ParsedKey | string> {
  const opened = ring.get(options) ?? new Map<string, Promise<ParsedKey | string>>();
  ring.set(options, opened);
  if (!opened.has(file.path)) opened.set(file.path, open(file, options));
  return opened.get(file.path)!;
}

const ring = new WeakMap<TransportOptions, Map<string, Promise<ParsedKey | string>>>();

async function open(
  { path, content, encrypted, problem }: KeyFile,
  options: TransportOptions,
): Promise<ParsedKey | string> {
  if (problem !== null || content === null) return problem ?? 'cannot be read';
  const passphrase = encrypted ? await options.askPassphrase(path) : '';
  if (passphrase === null) return 'it is encrypted, and there is no passphrase';
  const { utils } = await loadSsh2();
  const key = utils.parseKey(content, passphrase) as ParsedKey | ParsedKey[] | Error;
  if (key instanceof Error) return encrypted ? 'wrong passphrase' : key.message;
  return [key].flat()[0]!;
}

function toPublic(key: unknown): Buffer | null {
  return key instanceof Error ? null : ([key].flat()[0] as ParsedKey).getPublicSSH();
}

function isPublic(key: unknown): boolean {
  return !(key instanceof Error) && !([key].flat()[0] as ParsedKey).isPrivateKey();
}
