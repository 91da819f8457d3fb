import { globSync } from './glob.ts';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import SSHConfig from 'ssh-config';

/**
 * The text of an ssh_config with its Include lines replaced by what they name (ssh_config(5)): relative to ~/.ssh,
 * or to the folder of a file in /etc/ssh; globs; at most 16 deep. An Include inside a Host or Match block counts only
 * when the block does, and does not end the block.
 */
export function expandIncludes(path: string, host: string, depth = 0): string {
  const text = read(path);
  if (text === null || depth > 16) return '';
  let section = '';
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, keyword = '', value = ''] = /^\s*(\w+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    if (/^(host|match)$/i.test(keyword)) section = line;
    // ssh-config would start nslookup for it
    if (/^canonicalizehostname$/i.test(keyword)) return [];
    if (!/^include$/i.test(keyword)) return [line];
    if (section && !applies(section, host)) return [];
    const files = words(value).flatMap((word) => globSync(locate(word, path)));
    return [...files.map((file) => expandIncludes(file, host, depth + 1)), section || 'Host *'];
  });
  return lines.join('\n');
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function applies(section: string, host: string): boolean {
  const config = SSHConfig.parse(`${section}\n  Applies yes\n`);
  return 'applies' in config.compute(host, { ignoreCase: true, matchExec: false });
}

function words(value: string): string[] {
  return [...value.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

function locate(word: string, from: string): string {
  if (word.startsWith('~/')) return join(homedir(), word.slice(2));
  if (isAbsolute(word)) return word;
  return join(from.startsWith('/etc/') ? dirname(from) : join(homedir(), '.ssh'), word);
}
