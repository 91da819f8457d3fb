import { one, type Said } from '../said.ts';
import { parseRecord, text, type Json } from './shape.ts';

/** daemon.json, or what dockerd was told to read instead. */
export interface ConfigFile {
  path: string;
  /** Null: it is not there, `why` says so. Times are nanoseconds since 1970. */
  stat: { mode: string; owner: string; group: string; type: string; modified: bigint; changed: bigint } | null;
  /** When a name was last added to its directory or taken out; null: not told. */
  moved: bigint | null;
  /** When the link that it is was set; null: it is none. */
  linked: bigint | null;
  /** What it says, an empty record where it is empty or not there; null where it can't be read as JSON. */
  content: Json | null;
  why: string;
  /** The line of each key, nested ones as `log-opts.max-size`. */
  lines: Record<string, number>;
}

export function readConfig(seen: Said<string>): ConfigFile {
  const path = text(one(seen['config']!));
  const lines = Object.fromEntries(
    seen['key']!.map((each) => /^(\d+)\|(.*)$/s.exec(each)!).map(([, n, key]) => [key!, Number(n)]),
  );
  const [moved, linked] = [seen['dir'], seen['link']].map((each) => stamp(one(each!)));
  if (seen['nofile']!.length > 0)
    return { path, stat: null, moved: moved!, linked: linked!, lines, ...missing(text(one(seen['nofile']!))) };
  const stat = readStat(text(one(seen['file']!)));
  const bad = one(seen['nojson']!);
  // A file without a single line prints none.
  const content = bad === null ? (seen['json']!.length === 0 ? {} : parseRecord(text(one(seen['json']!)))) : null;
  return { path, stat, moved: moved!, linked: linked!, content, lines, why: bad ?? '' };
}

function stamp(time: string | null): bigint | null {
  return time === null ? null : BigInt(/^(\d+)\.(\d{9})$/.exec(time)!.slice(1).join(''));
}

function missing(why: string): Pick<ConfigFile, 'content' | 'why'> {
  return { content: why.endsWith(': No such file or directory') ? {} : null, why };
}

function readStat(line: string): ConfigFile['stat'] {
  const form = /^([0-7]{1,4})\|([^|]+)\|([^|]+)\|([^|]+)\|(\d+)\.(\d{9})\|(\d+)\.(\d{9})\|\d+$/;
  const [, mode, owner, group, type, ms, mns, cs, cns] = form.exec(line)!;
  return {
    mode: mode!,
    owner: owner!,
    group: group!,
    type: type!,
    modified: BigInt(ms! + mns!),
    changed: BigInt(cs! + cns!),
  };
}
