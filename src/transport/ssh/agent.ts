import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { loadSsh2 } from './ssh2.ts';

/** The keys that an agent holds and that we can use; none when there is no agent. */
export async function listAgentKeys(socket: string | null): Promise<ParsedKey[]> {
  if (socket === null) return [];
  const { createAgent } = await loadSsh2();
  const keys = await new Promise<unknown[]>((resolve, reject) => {
    createAgent(socket).getIdentities((error, found) => (error ? reject(error) : resolve(found ?? [])));
  });
  return keys.filter(isKey);
}

/** An agent that knows these keys only: every key that is offered is one attempt in the eyes of the server. */
export async function chooseKeys(socket: string, keys: ParsedKey[]): Promise<BaseAgent> {
  const ssh2 = await loadSsh2();
  const agent = ssh2.createAgent(socket);
  class Chosen extends ssh2.BaseAgent<ParsedKey> {
    override getIdentities(done: (error: Error | null, keys: ParsedKey[]) => void): void {
      done(null, keys);
    }

    override sign(
      key: ParsedKey,
      data: Buffer,
      options: SigningRequestOptions | SignCallback,
      done?: SignCallback,
    ): void {
      agent.sign(key, data, options as SigningRequestOptions, done);
    }
  }
  return new Chosen();
}

function isKey(key: unknown): key is ParsedKey {
  return typeof (key as ParsedKey | null)?.getPublicSSH === 'function';
}
