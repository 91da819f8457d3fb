import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, type Session, type Transport } from '../transport/index.ts';
import { proofScript } from './host/talk.ts';
import { wordsIn } from './words.ts';

/** A brand-new login reads `nonce` back from transaction `id`. @throws {Failure} when nobody can log in any more, or ends elsewhere */
export async function proveLogin(id: string, nonce: string, transport: Transport): Promise<void> {
  const fresh = await openAnew(transport);
  try {
    const { proof } = wordsIn((await fresh.run(proofScript(id), 20)).stdout);
    if (proof !== nonce) throw new Failure('lost', 'a new login ends on another host', 'which one answers there?');
  } finally {
    fresh.close();
  }
}

/** An sshd that reloads closes its port for a moment: who is refused asks once more. */
async function openAnew(transport: Transport): Promise<Session> {
  try {
    return await transport.open!(20);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'refused') throw error;
    await sleep(1000);
    return transport.open!(20);
  }
}
