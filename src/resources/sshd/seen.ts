/** One login that sshd was asked about, and its answer. */
export interface Login {
  /** Options that sshd was given beside its files: '' for none. */
  options: string;
  code: number;
  /** `user`, `addr`, `host`, `laddr`, `lport`, `rdomain`. */
  spec: Record<string, string>;
  /** By keyword in small letters, one entry for each line printed. */
  values: Map<string, string[]>;
  /** What the Match blocks that it meets set, in order; null when sshd did not say. */
  matched: Setting[] | null;
  said: string[];
}

/** "FILE:LINE sets KEYWORD", in sshd's own words. */
export interface Setting {
  file: string;
  line: number;
  keyword: string;
}

/** How sshd read its files, before any Match. */
export interface Reading {
  files: string[];
  includes: { file: string; line: number; target: string }[];
  settings: Setting[];
}

/** A file or directory that decides about sshd. `kind` is why: read, named by an Include, on the way, a host key, a link on the way. */
export interface Stat {
  kind: 'file' | 'included' | 'dir' | 'key' | 'link';
  path: string;
  mode: string;
  type: string;
  owner: string;
  group: string;
  /** When content, name or mode last changed, in nanoseconds since 1970: the later of both times. */
  changed: bigint;
}

export interface Seen {
  who: { options: string; who: string }[];
  unclear: { who: string; command: string }[];
  tests: { options: string; code: number; said: string[] }[];
  logins: Login[];
  readings: Map<string, Reading>;
  files: Map<string, { line: number; text: string }[] | null>;
  stats: Stat[];
  nostats: { kind: string; why: string; path: string }[];
}

/** In sshd's words, why it would not say what holds for this login; old keywords are not why. */
export function whyRefused({ code, said }: Login): string {
  const words = said.filter((line) => !/: (Deprecated|Unsupported) option |^terminating, /.test(line));
  return words.join('; ') || `sshd -T ended with ${code}`;
}
