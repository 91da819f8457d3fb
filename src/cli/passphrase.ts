import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './exit.ts';

/**
 * How the passphrase of an encrypted key is had: from the environment variable that `--passphrase env:NAME` names, else
 * asked at the terminal without echo, else not at all (null). Never from the command line: others can read that.
 */
export function passphraseSource(option: string | undefined): (keyPath: string) => Promise<string | null> {
  if (option === undefined) return askAtTerminal;
  const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(option)?.[1];
  if (!name)
    throw new UsageError(
      '--passphrase takes env:NAME',
      'never the passphrase itself: other users can read a command line',
    );
  const value = process.env[name];
  if (value === undefined) throw new UsageError(`--passphrase env:${name}: the variable ${name} is not set`);
  return async () => value;
}

async function askAtTerminal(keyPath: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  process.stderr.write(`\r\u001b[KPassphrase for ${keyPath}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answer = await new Promise<string | null>((resolve) => {
    reader.question('', resolve);
    reader.once('close', () => resolve(null));
  });
  reader.close();
  process.stderr.write('\n');
  return answer;
}
