import type { Info } from '../docker/info.ts';
import { flag, record, text, whole } from '../docker/shape.ts';
import type { Start } from './start.ts';

/** One setting at the next start. `set` null: it is not set, and dockerd's default counts. */
export type Setting<T> = { ok: true; set: T | null; where: string } | { ok: false; message: string };

/** What can be asked for: a setting's key in the file, its flag, and how each of the two is read. */
interface Kind<T> {
  key: string;
  flag: string;
  fromFile(of: unknown): T;
  fromFlags(values: string[]): T;
}

export interface Limit {
  soft: number;
  hard: number;
}

export const logDriver: Kind<string> = {
  key: 'log-driver',
  flag: '--log-driver',
  fromFile: text,
  fromFlags: (values) => values.at(-1)!,
};

export const liveRestore = boolean('live-restore');
export const noNewPrivileges = boolean('no-new-privileges');

export const logOptions: Kind<Record<string, string>> = {
  key: 'log-opts',
  flag: '--log-opt',
  fromFile: (of) => Object.fromEntries(Object.entries(record(of)).map(([name, each]) => [name, text(each)])),
  fromFlags: (values) =>
    Object.fromEntries(values.map((each) => /^([^=]+)=(.*)$/.exec(each)!.slice(1) as [string, string])),
};

/** `nofile=soft:hard` or one number for both; in the file by name, -1 for no limit. */
export const limits: Kind<Record<string, Limit>> = {
  key: 'default-ulimits',
  flag: '--default-ulimit',
  fromFile: (of) =>
    Object.fromEntries(
      Object.values(record(of)).map((each) => {
        const { Name, Soft, Hard } = record(each);
        return [text(Name), { soft: unlimited(whole(Soft)), hard: unlimited(whole(Hard)) }];
      }),
    ),
  fromFlags: (values) =>
    Object.fromEntries(
      values.map((each) => {
        const [, name, soft, hard] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(each)!;
        return [name!, { soft: unlimited(Number(soft)), hard: unlimited(Number(hard ?? soft)) }];
      }),
    ),
};

/** What dockerd will take at its next start: of its flags or of its file. Both at once it refuses, and so there is no answer. */
export function setting<T>(kind: Kind<T>, { config }: Info, start: Start): Setting<T> {
  if (!start.words) return { ok: false, message: `how docker.service starts it could not be told: ${start.unclear}` };
  if (!config.content) return { ok: false, message: `${config.path}: ${config.why}` };
  const flags = valuesOf([kind.flag], start.words);
  const inFile = Object.hasOwn(config.content, kind.key);
  if (flags.length > 0 && inFile) return { ok: false, message: `${kind.key} is both a flag and in ${config.path}` };
  try {
    if (flags.length > 0) return { ok: true, set: kind.fromFlags(flags), where: 'docker.service' };
    if (!inFile) return { ok: true, set: null, where: config.path };
    const line = config.lines[kind.key];
    return { ok: true, set: kind.fromFile(config.content[kind.key]), where: `${config.path}${line ? `:${line}` : ''}` };
  } catch {
    return { ok: false, message: `${kind.key} is of no known form` };
  }
}

function boolean(name: string): Kind<boolean> {
  return {
    key: name,
    flag: `--${name}`,
    fromFile: flag,
    fromFlags: (values) => truth(values.at(-1)!),
  };
}

function truth(word: string): boolean {
  if (!/^(true|false|1|0|t|f)$/i.test(word)) throw new TypeError('not a boolean');
  return /^(true|1|t)$/i.test(word);
}

/** What a flag of these names is given: `--flag=value`, `--flag value`, `-Hvalue`; a boolean may stand alone. */
export function valuesOf(flags: string[], words: string[]): string[] {
  return words.flatMap((word, at) => {
    if (flags.includes(word)) return [booleans.has(word) ? 'true' : (words[at + 1] ?? '')];
    const found = flags.find((each) => word.startsWith(each.startsWith('--') ? `${each}=` : each));
    return found === undefined ? [] : [word.slice(found.length).replace(/^=/, '')];
  });
}

const booleans = new Set(['--live-restore', '--no-new-privileges']);

/** Reports know no infinity. */
function unlimited(limit: number): number {
  return limit === -1 ? Number.MAX_SAFE_INTEGER : limit;
}
