/** A keyring on the host. */
export interface Keyring {
  path: string;
  mode: number;
  owner: string;
  dir: { mode: number; owner: string };
  data: Buffer;
}

/** By path; null: one of them is not told in the form that the probe prints. One that is not there is not among them. */
export function keyringsIn(stdout: string): Map<string, Keyring> | null {
  const keyrings = new Map<string, Keyring>();
  let encoded = '';
  let current: Keyring | null = null;
  for (const line of stdout.split('\n')) {
    if (line.startsWith('data|')) {
      if (!current) return null;
      encoded += line.slice(5);
      current.data = Buffer.from(encoded, 'base64');
    }
    if (!line.startsWith('keyring|')) continue;
    const match = /^keyring\|([^|]+)\|([0-7]{3,4})\|([^|]+)\|([0-7]{3,4})\|([^|]+)\|(regular file)$/.exec(line);
    if (!match) return null;
    const [, path, dirMode, dirOwner, mode, owner] = match;
    current = {
      path: path!,
      mode: octal(mode!),
      owner: owner!,
      dir: { mode: octal(dirMode!), owner: dirOwner! },
      data: Buffer.alloc(0),
    };
    encoded = '';
    keyrings.set(path!, current);
  }
  return keyrings;
}

function octal(text: string): number {
  return Number.parseInt(text, 8);
}
