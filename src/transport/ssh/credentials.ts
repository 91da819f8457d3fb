import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import type { TransportOptions } from '../options.ts';
import { chooseKeys, listAgentKeys } from './agent.ts';
import type { HostSettings } from './config.ts';
import { openKey, readKeyFile, type KeyFile } from './key-file.ts';

/** What to log in with, in this order, in one attempt set. */
export interface Credentials {
  methods: AnyAuthMethod[];
  /** For the message when all of them were refused. */
  tried: string[];
  skipped: string[];
}

/**
 * Files that the user named first, then the agent's keys, then the default files: the first attempt is then nearly always
 * the right one, and a server that counts attempts (MaxAuthTries, fail2ban) sees few. A key that the agent holds is not
 * asked a passphrase for; an encrypted default file only when there is nothing else.
 */
export async function findCredentials(settings: HostSettings, options: TransportOptions): Promise<Credentials> {
  const found: Credentials = { methods: [], tried: [], skipped: [] };
  const files = (await Promise.all(settings.identityFiles.map(readKeyFile))).filter((file) => file !== null);
  const agentKeys = await listAgentKeys(settings.agent).catch((error: Error) => {
    found.skipped.push(`agent ${settings.agent} (${error.message})`);
    return [];
  });
  const addAgent = async (key: ParsedKey) => {
    found.methods.push({ type: 'agent', username: settings.user, agent: await chooseKeys(settings.agent!, [key]) });
    found.tried.push(`agent key ${key.comment || key.type}`);
  };
  const addFile = async (file: KeyFile) => {
    const inAgent = agentKeys.find((key) => file.publicKey?.equals(key.getPublicSSH()));
    if (inAgent) return addAgent(inAgent);
    const key = await openKey(file, options);
    if (typeof key === 'string') found.skipped.push(`${file.path} (${key})`);
    else {
      found.methods.push({ type: 'publickey', username: settings.user, key });
      found.tried.push(file.path);
    }
  };
  const isNamed = (key: ParsedKey) => files.some((file) => file.publicKey?.equals(key.getPublicSSH()));
  if (settings.identitiesNamed) for (const file of files) await addFile(file);
  if (!settings.identitiesOnly) for (const key of agentKeys.filter((each) => !isNamed(each))) await addAgent(key);
  if (!settings.identitiesNamed) {
    for (const file of files.filter((each) => !each.encrypted)) await addFile(file);
    if (found.methods.length === 0) for (const file of files.filter((each) => each.encrypted)) await addFile(file);
  }
  return found;
}
