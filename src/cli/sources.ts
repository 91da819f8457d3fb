import type { Source } from '../runner/index.ts';
import { createTransport, replay, type CollectOptions, type TransportOptions } from '../transport/index.ts';
import { askLoginMethods, look } from '../vantage/index.ts';
import { readEvidence } from './evidence-file.ts';
import type { HostOptions } from './options.ts';
import { passphraseSource } from './passphrase.ts';
import { refuseTwins } from './twins.ts';

/** One source for each `--target`; this machine when there is none. */
export async function createSources(options: HostOptions): Promise<Source[]> {
  const transportOptions: TransportOptions = {
    sshConfigFile: options.sshConfig,
    identity: options.identity,
    acceptNewHostKey: options.acceptNewHostKey ?? false,
    askPassphrase: passphraseSource(options.passphrase),
  };
  const targets = options.target ?? ['local'];
  const sources = await Promise.all(targets.map((target) => createSource(target, transportOptions)));
  refuseTwins(sources.map((source) => source.name));
  return sources;
}

async function createSource(target: string, options: TransportOptions): Promise<Source> {
  if (target.startsWith('replay:')) {
    const evidence = await readEvidence(target.slice('replay:'.length));
    return { name: evidence.host.name, transport: replay(evidence), outside: { login: null, look: null } };
  }
  const transport = createTransport(target, options);
  if (target === 'local') return { name: target, transport, outside: { login: null, look: null } };
  const login = (collecting: CollectOptions) => askLoginMethods(target, options, collecting);
  return { name: nameOf(target), transport, outside: { login, look } };
}

/** `ssh://ubuntu@vps3:2222` is called vps3:2222 in reports, an alias by itself. */
function nameOf(target: string): string {
  return target
    .replace(/^ssh:\/\/([^@/]*@)?/, '')
    .replace(/:22$/, '')
    .replace(/\/$/, '');
}
