import { createTwoFilesPatch } from 'diff';
import { accessWords } from '../model/access-words.ts';
import type { FileState } from '../model/fix-plan.ts';

/** Files whose contents nobody is shown. */
const secret = /(^|\/)(\.env|shadow|gshadow|users\.acl|users\.yaml|redis\.conf)$|_key$|\.pem$|\.key$/;

/** What stands in an address before its @, and behind a word that names a secret: a proxy of daemon.json, an option in fstab. */
const values = [
  /(:\/\/[^/\s:@"']*:)[^@\s/"']+(?=@)/g,
  /((?:passw(?:or)?d|passphrase|secret|token|api[-_]?key)[\w.-]*["']?\s*[=:]\s*["']?)[^\s"',]+/gi,
];

/** A unified diff as people know it, with mode and owner where they change; of a secret file only that it does. */
export function diffOf(path: string, before: FileState | null, after: FileState): string {
  return `${[...accessLines(before, after), ...contentLines(path, before, after)].join('\n')}\n`;
}

function accessLines(before: FileState | null, after: FileState): string[] {
  return before ? accessWords(before, after) : [`new file, mode ${after.mode}, owner ${after.owner}`];
}

function contentLines(path: string, before: FileState | null, after: FileState): string[] {
  if (before?.content === after.content) return [];
  if (secret.test(path)) return ['(contents change; not shown, for they hold secrets)'];
  const patch = createTwoFilesPatch(before ? path : '/dev/null', path, before?.content ?? '', after.content, '', '', {
    context: 3,
  });
  const lines = patch.split('\n');
  return lines
    .slice(lines.findIndex((line) => line.startsWith('--- ')))
    .map((line) => hideSecrets(line.replace(/^(---|\+\+\+) (.*?)\t.*$/, '$1 $2')))
    .filter((line, at, all) => line !== '' || at < all.length - 1);
}

function hideSecrets(line: string): string {
  return values.reduce((text, each) => text.replace(each, '$1…'), line);
}
