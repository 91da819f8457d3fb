import { existsSync } from 'node:fs';
import { must } from './run.ts';

const CODENAMES = /^(buster|bullseye|bookworm|trixie|forky|duke|oldstable|stable|testing|sid)(-updates|-security)?$/;

/** The `deb` lines for a Debian release, from the mirrors that this machine's own apt uses. */
export async function sourcesFor(codename: string): Promise<string[]> {
  // apt itself reads its files, old and deb822 format alike, so there is nothing to parse here.
  const format = '$(RELEASE) $(COMPONENT) $(REPO_URI)';
  const lines = (await must('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])).split('\n');
  const mirrors = new Map<string, string>();
  for (const line of lines) {
    const [suite = '', component, uri = ''] = line.split(' ');
    const match = CODENAMES.exec(suite);
    if (match && component === 'main' && !mirrors.has(match[2] ?? '')) mirrors.set(match[2] ?? '', uri);
  }
  // No Debian mirror (an Ubuntu machine): mmdebstrap then takes Debian's own, which it knows by itself.
  if (!mirrors.has('')) return [];
  return [...mirrors].map(([kind, uri]) => `deb ${uri} ${codename}${kind} main`);
}

/** How this machine reaches its mirrors (proxies, accounts), as mmdebstrap options. base.sh removes it from the image. */
export async function accessOptions(): Promise<string[]> {
  const settings = (await must('apt-config', ['dump'])).split('\n');
  const wanted = settings.filter((line) => /^Acquire::(https?::|Check-|Retries|Languages)/.test(line));
  const shell = await must('apt-config', ['shell', 'FILE', 'Dir::Etc::netrc/f', 'FOLDER', 'Dir::Etc::netrcparts/d']);
  const accounts = [...shell.matchAll(/='(.*)'/g)].map((match) => match[1] ?? '').filter((path) => existsSync(path));
  return [
    ...wanted.map((line) => `--aptopt=${line}`),
    ...accounts.map((path) => `--setup-hook=copy-in ${path.replace(/\/$/, '')} /etc/apt`),
  ];
}
