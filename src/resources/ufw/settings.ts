import type { UfwFiles } from './parse.ts';
import { ufwPaths } from './probes.ts';

export interface Setting {
  value: string;
  /** File and line that set it last. */
  where: string;
}

export type Settings = Record<string, Setting>;

const assignment =
  /^[ \t]*([A-Za-z_][A-Za-z0-9_]*)=(?:"([^"$`\\]*)"|'([^']*)'|([A-Za-z0-9_./:+,@%-]*))[ \t]*(?:[ \t]#.*)?$/;

/**
 * The settings as ufw-init has them: a shell that sources /etc/default/ufw and then ufw.conf, so the last assignment wins,
 * in whichever file. Anything but a plain assignment could do anything in a shell: then the line is named and nothing told.
 */
export function settingsOf({ lines }: UfwFiles): Settings | { odd: string } {
  const settings: Settings = {};
  for (const name of ['default', 'conf'] as const) {
    for (const [index, line] of (lines[name] ?? []).entries()) {
      if (/^[ \t]*(#.*)?$/.test(line)) continue;
      const where = `${ufwPaths[name]}:${index + 1}`;
      const match = assignment.exec(line);
      if (!match) return { odd: `${where} is not a plain assignment` };
      settings[match[1]!] = { value: match[2] ?? match[3] ?? match[4]!, where };
    }
  }
  return settings;
}

/** Whether the settings could be read. */
export function areSettings(given: Settings | { odd: string }): given is Settings {
  return typeof given.odd !== 'string';
}
