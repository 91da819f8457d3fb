import type { Source } from '../runner/index.ts';
import { createTransport, replay, type TransportOptions } from '../transport/index.ts';
import { askLoginMethods } from '../vantage/index.ts';
import { readEvidence } from './evidence-file.ts';
import { UsageError } from './exit.ts';
import type { TargetOptions } from './options.ts';
import { passphraseSource } from './passphrase.ts';

/** One source for each `--target`; this machine when there is none. */
export async function createSources(options: TargetOptions): Promise<Source[]> {
  const transportOptions: TransportOptions = {
    sshConfigFile: options.sshConfig,
    identity: options.identity,
    acceptNewHostKey: options.acceptNewHostKey ?? false,
    askPassphrase: passphraseSource(options.passphrase),
  };
  const targets = options.target ?? ['local'];
  const sources = await Promise.all(targets.map((target) => createSource(target, transportOptions)));
  const names = sources.map((source) => source.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice)
    throw new UsageError(`two targets are called ${twice}`, 'reports tell hosts apart by name: give each target once');
  return sources;
}

async function createSource(target: string, options: TransportOptions): Promise<Source> {
  if (target.startsWith('replay:')) {
    const evidence = await readEvidence(target.slice('replay:'.length));
    return { name: evidence.host.name, transport: replay(evidence), askLogin: null };
  }
  const transport = createTransport(target, options);
  const askLogin = target === 'local' ? null : () => askLoginMethods(target, options);
  return { name: nameOf(target), transport, askLogin };
}

/** `ssh://ubuntu@vps3:2222` is called vps3:2222 in reports, an alias by itself. */
function nameOf(target: string): string {
  return target
    .replace(/^ssh:\/\/([^@/]*@)?/, '')
    .replace(/:22$/, '')
    .replace(/\/$/, '');
}
