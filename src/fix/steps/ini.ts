import type { Draft } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Ini {
  path: string;
  section: string;
  set: Record<string, string | number>;
}

/** Sets keys of one section; everything else in the file stays, comments too. */
export const ini: StepKind<Ini> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, section, set }, draft) => {
    const before = draft.file(path)?.content ?? '';
    draft.change(path, { content: Object.entries(set).reduce((text, each) => setKey(text, section, each), before) });
    if (path.startsWith('/etc/fail2ban/')) {
      draft.validate.add('fail2ban-client -t');
      activate(set, draft);
    }
  },
};

/** A reload leaves the rules of an action that has banned before: they would close the old port for ever (seen with 1.1.0). */
function activate(set: Ini['set'], { activate: all }: Draft): void {
  const restart = 'fa_reload_fail2ban --restart';
  if ('port' in set || 'protocol' in set) {
    all.delete('fa_reload_fail2ban');
    all.add(restart);
  } else if (!all.has(restart)) all.add('fa_reload_fail2ban');
}

/** In the section's last occurrence, where the last value wins. */
function setKey(text: string, section: string, [key, value]: [string, string | number]): string {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const start = lines.findLastIndex((line) => line.trim() === `[${section}]`);
  const wanted = `${key} = ${value}`;
  if (start < 0) return `${[...lines, ...(lines.length > 0 ? [''] : []), `[${section}]`, wanted].join('\n')}\n`;
  const next = lines.findIndex((line, at) => at > start && /^\s*\[/.test(line));
  const end = next < 0 ? lines.length : next;
  const body = lines.slice(start + 1, end);
  const kept = withoutKey(body, key);
  return `${[...lines.slice(0, start + 1), wanted, ...kept, ...lines.slice(end)].join('\n')}\n`;
}

/** A value goes on over the indented lines after it (configparser). */
function withoutKey(body: string[], key: string): string[] {
  let inside = false;
  return body.filter((line) => {
    inside = inside ? /^\s+\S/.test(line) : line.split(/[=:]/)[0]!.trim() === key && /[=:]/.test(line);
    return !inside;
  });
}
