import type { Answer } from '../model/evidence.ts';
import { askOffered, type CollectOptions, type TransportOptions } from '../transport/index.ts';

/**
 * Which authentication methods a login meets, seen from here: a second connection as the transport's own user that
 * tries `none` once. stdout is the list as the host sent it (`publickey,keyboard-interactive`), or `none` when that got
 * in. Whatever goes wrong is 'lost', with the reason in stderr. The digest is the caller's to fill in.
 */
export async function askLoginMethods(
  target: string,
  options: TransportOptions,
  collecting: CollectOptions,
): Promise<Answer> {
  const start = performance.now();
  const answer = (outcome: Answer['outcome'], stdout: string, stderr: string): Answer => ({
    digest: '',
    outcome,
    code: outcome === 'exited' ? 0 : null,
    stdout,
    stderr,
    truncated: false,
    ms: Math.round(performance.now() - start),
  });
  try {
    const methods = await askOffered(target, options, collecting);
    return methods.length > 0
      ? answer('exited', methods.join(','), '')
      : answer('lost', '', 'the host named no methods');
  } catch (error) {
    return answer('lost', '', (error as Error).message);
  }
}
